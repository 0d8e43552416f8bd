using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.Compare.Kernels;

/// <summary>Several ways to do one thing, run in turns; the first is what the others are measured by.</summary>
/// <param name="title">What and how large.</param>
/// <param name="unit">Of <paramref name="amount"/>, in billions a second.</param>
/// <param name="threads">Threads for everybody.</param>
internal sealed class Race(string title, string unit, int threads)
{
    private readonly List<(string Name, double Amount, Action Work, Timing Timing)> _lanes = [];

    /// <summary>For the table.</summary>
    public string Title => title;

    /// <summary>For the table.</summary>
    public string Unit => unit;

    /// <summary>For the table.</summary>
    public int Threads => threads;

    /// <summary>
    /// Name, billions of units a second, least and median seconds, and the least over that of the first. Seconds are those of
    /// the processor on one thread, which other work on the machine disturbs less, else those of the clock on the wall.
    /// </summary>
    public IEnumerable<(string Name, double Speed, double Least, double Median, double Ratio)> Results
    {
        get
        {
            foreach ((string name, double amount, _, Timing timing) in _lanes)
                yield return threads == 1
                    ? (name, amount / timing.LeastCpu / 1e9, timing.LeastCpu, timing.MedianCpu, timing.LeastCpu / _lanes[0].Timing.LeastCpu)
                    : (name, amount / timing.LeastWall / 1e9, timing.LeastWall, timing.MedianWall, timing.LeastWall / _lanes[0].Timing.LeastWall);
        }
    }

    /// <summary>Adds a way that deals with so many units.</summary>
    public void Add(string name, double amount, Action work) => _lanes.Add((name, amount, work, new()));

    /// <summary>One warm-up, then the runs that count.</summary>
    public void Run(int repeats)
    {
        for (int round = 0; round <= repeats; round++)
        {
            foreach ((_, _, Action work, Timing timing) in _lanes)
            {
                Measurement cost = Measurement.Of(work);
                if (round > 0)
                    timing.Add(cost);
            }
        }
    }
}
