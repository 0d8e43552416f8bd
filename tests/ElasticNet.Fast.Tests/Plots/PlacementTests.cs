using System.Globalization;
using ElasticNet.Fast.Plots;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Plots;

/// <summary>Where names and marks go.</summary>
[Reproducible]
public class PlacementTests
{
    [Property]
    public void Names_keep_their_order_and_distance_and_stay_between_the_ends(int seed, byte count)
    {
        Random random = new(seed);
        double[] wanted = [.. Enumerable.Range(0, count % 20).Select(_ => 50 + 400 * random.NextDouble()).Order()];
        double[] placed = DirectLabels.Apart(wanted, 15, 60, 440);
        for (int i = 0; i < placed.Length; i++)
        {
            Assert.InRange(placed[i], 60 - 1e-9, 440 + 1e-9);
            Assert.True(i == 0 || placed[i] - placed[i - 1] >= 15 - 1e-9);
        }
    }

    [Property]
    public void No_other_places_are_nearer_to_the_wanted_ones(int seed)
    {
        Random random = new(seed);
        double[] wanted = [.. Enumerable.Range(0, 6).Select(_ => 200 + 60 * random.NextDouble()).Order()];
        double[] placed = DirectLabels.Apart(wanted, 15, 0, 1000);
        double least = Distance(placed);
        for (int trial = 0; trial < 200; trial++)
        {
            double[] other = [.. placed.Select(place => place + 4 * (random.NextDouble() - 0.5)).Order()];
            for (int i = 1; i < other.Length; i++)
                other[i] = Math.Max(other[i], other[i - 1] + 15);
            Assert.True(Distance(other) >= least - 1e-9);
        }

        double Distance(double[] places) => places.Zip(wanted, (place, want) => (place - want) * (place - want)).Sum();
    }

    [Fact]
    public void Marks_are_round_numbers()
    {
        Assert.Equal(["-1.0", "-0.5", "0.0", "0.5", "1.0"], NumberTicks.Between(-1.1, 1.2, 5).Select(tick => tick.Text));
        Assert.Equal(["0", "200", "400"], NumberTicks.Between(0, 500, 3).Select(tick => tick.Text));
        Assert.Equal(["100", "10", "1", "0.1"], NumberTicks.Powers(-2, 1, 6).OrderBy(tick => tick.At).Select(tick => tick.Text));
        Assert.Equal(["5", "2", "1", "0.5"], NumberTicks.Powers(-0.8, 0.4, 6).OrderBy(tick => tick.At).Select(tick => tick.Text));
    }

    [Property]
    public void Marks_lie_within_the_axis_and_say_where(double low, double width, byte count)
    {
        if (!double.IsFinite(low) || !double.IsFinite(width) || Math.Abs(low) > 1e12 || Math.Abs(width) is < 1e-9 or > 1e12 || Math.Abs(low) > 1e6 * Math.Abs(width))
            return;
        width = Math.Abs(width);
        List<(double At, string Text)> ticks = NumberTicks.Between(low, low + width, count % 12);
        Assert.InRange(ticks.Count, 1, 3 * Math.Max(3, count % 12));
        foreach ((double at, string text) in ticks)
        {
            Assert.InRange(at, low - 1e-9 * width, low + 1.000000001 * width);
            Assert.InRange(Math.Abs(double.Parse(text, CultureInfo.InvariantCulture) - at), 0, 0.01 * Math.Abs(at) + 1e-6 * width);
            Assert.DoesNotMatch("^-0(\\.0*)?$", text);
        }
    }
}
