int main() {
    int *numbers = new int[10];
    int *volatile again = numbers;
    delete[] numbers;
    delete[] again;
}
