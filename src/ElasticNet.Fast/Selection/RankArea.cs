namespace ElasticNet.Fast.Selection;

/// <summary>The area under the ROC curve of a fold. A proportion counts as an event and as none, each with its share of the weight.</summary>
internal sealed class RankArea(Family family) : HeldOutMeasure(Measure.Auc, family)
{
    public override bool TakesWholeFolds => true;

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        int n = eta.Length;
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
            order[i] = i;
        eta.Sort(order.AsSpan());
        double below = 0, area = 0, events = 0, total = 0;
        for (int first = 0, next; first < n; first = next)
        {
            // Those of equal rank together.
            double here = 0, hereEvents = 0;
            for (next = first; next < n && eta[next] == eta[first]; next++)
            {
                int i = order[next];
                here += weights[i] * (1 - response[i]);
                hereEvents += weights[i] * response[i];
            }

            area += hereEvents * (below + 0.5 * here);
            below += here;
            events += hereEvents;
            total += here + hereEvents;
        }

        // Of one class alone nothing is in the wrong order, nor in the right one.
        return sum + total * (events > 0 && below > 0 ? area / (events * below) : 0.5);
    }
}
