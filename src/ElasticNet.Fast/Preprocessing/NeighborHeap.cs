namespace ElasticNet.Fast.Preprocessing;

/// <summary>The nearest k of the donors seen so far, the farthest on top, in memory that a search lends.</summary>
internal unsafe struct NeighborHeap(double* distances, int* donors, int capacity)
{
    private int _count;

    /// <summary>What a donor's distance must be below to get in; infinite while there is room.</summary>
    public readonly double Limit => _count < capacity ? double.PositiveInfinity : distances[0];

    /// <summary>The distances, in the order of <see cref="Donors"/>.</summary>
    public readonly Span<double> Distances => new(distances, _count);

    /// <summary>The donors.</summary>
    public readonly Span<int> Donors => new(donors, _count);

    /// <summary>Takes a donor if it is near enough. Donors come in ascending order, and of equally near ones the first stay.</summary>
    public bool Offer(double distance, int donor)
    {
        if (_count < capacity)
            Rise(_count++, distance, donor);
        else if (distance < distances[0])
            Sink(distance, donor);
        else
            return false;
        return true;
    }

    private readonly void Rise(int place, double distance, int donor)
    {
        while (place > 0 && Farther(distance, donor, (place - 1) / 2))
        {
            int above = (place - 1) / 2;
            (distances[place], donors[place]) = (distances[above], donors[above]);
            place = above;
        }

        (distances[place], donors[place]) = (distance, donor);
    }

    private readonly void Sink(double distance, int donor)
    {
        int place = 0;
        for (int below = 1; below < _count; below = 2 * place + 1)
        {
            if (below + 1 < _count && Farther(distances[below + 1], donors[below + 1], below))
                below++;
            if (!Farther(distances[below], donors[below], distance, donor))
                break;
            (distances[place], donors[place]) = (distances[below], donors[below]);
            place = below;
        }

        (distances[place], donors[place]) = (distance, donor);
    }

    private readonly bool Farther(double distance, int donor, int place) => Farther(distance, donor, distances[place], donors[place]);

    private static bool Farther(double distance, int donor, double thanDistance, int thanDonor) =>
        distance > thanDistance || (distance == thanDistance && donor > thanDonor);
}
