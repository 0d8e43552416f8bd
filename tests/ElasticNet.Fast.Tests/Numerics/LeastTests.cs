using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Tests.Numerics;

public unsafe class LeastTests
{
    [Fact]
    public void The_least_come_first_in_order_with_their_items()
    {
        Random random = new(5);
        for (int round = 0; round < 500; round++)
        {
            int count = random.Next(0, 60), wanted = random.Next(0, 70), values = random.Next(1, 80);
            double[] keys = [.. Enumerable.Range(0, count).Select(_ => random.Next(20) == 0 ? double.NegativeInfinity : random.Next(values))];
            int[] items = [.. Enumerable.Range(0, count)];
            double[] before = [.. keys];
            fixed (double* k = keys)
            fixed (int* i = items)
                Least.Sort(k, i, count, wanted);
            Assert.Equal(before.Order().Take(wanted), keys.Take(wanted));
            Assert.Equal(keys, items.Select(item => before[item]));
            Assert.Equal(Enumerable.Range(0, count), items.Order());
        }
    }
}
