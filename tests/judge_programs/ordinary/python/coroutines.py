import asyncio


async def square(n):
    await asyncio.sleep(0.01)
    return n * n


async def main():
    print(sum(await asyncio.gather(*(square(n) for n in range(10)))))


asyncio.run(main())
