using namespace std;

int main() {
    cout << "hello" << endl;
}
