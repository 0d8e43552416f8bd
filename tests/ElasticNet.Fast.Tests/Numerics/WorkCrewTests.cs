using ElasticNet.Fast.Numerics;
using Xunit;

namespace ElasticNet.Fast.Tests.Numerics;

public class WorkCrewTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_is_done_once_in_each_of_many_short_runs(int degree)
    {
        WorkCrew crew = new();
        crew.Resize(degree);
        for (int count = 0; count < 2000; count++)
        {
            Tally tally = new(count % 97);
            crew.Run(count % 97, tally);
            Assert.All(tally.Done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void No_more_threads_than_allowed_work_at_a_time()
    {
        WorkCrew crew = new();
        foreach (int degree in (int[])[4, 2, 3, 1, 4])
        {
            crew.Resize(degree);
            Crowd crowd = new();
            crew.Run(64, crowd);
            Assert.InRange(crowd.Most, 1, degree);
        }
    }

    [Fact]
    public void Minus_one_means_all_cores()
    {
        WorkCrew crew = new();
        crew.Resize(-1);
        Assert.Equal(Environment.ProcessorCount, crew.Degree);
    }

    /// <summary>Whoever is faster, the exception is that of the first item in order, and the crew is as good as before.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_first_failure_in_order_is_thrown(int degree)
    {
        WorkCrew crew = new();
        crew.Resize(degree);
        for (int repeat = 0; repeat < 50; repeat++)
            Assert.Equal("7", Assert.Throws<InvalidDataException>(() => crew.Run(40, new Failing())).Message);
        Tally tally = new(20);
        crew.Run(20, tally);
        Assert.All(tally.Done, times => Assert.Equal(1, times));
    }

    private sealed class Tally(int count) : IWorkItems
    {
        public int[] Done { get; } = new int[count];

        public void Run(int item) => Interlocked.Increment(ref Done[item]);
    }

    private sealed class Failing : IWorkItems
    {
        public void Run(int item)
        {
            if (item == 7)
                Thread.Sleep(1);
            if (item >= 7)
                throw new InvalidDataException($"{item}");
        }
    }

    private sealed class Crowd : IWorkItems
    {
        private int _now, _most;

        public int Most => _most;

        public void Run(int item)
        {
            int now = Interlocked.Increment(ref _now);
            for (int most = _most; now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = _most)
            {
            }

            Thread.SpinWait(2000);
            Interlocked.Decrement(ref _now);
        }
    }
}
