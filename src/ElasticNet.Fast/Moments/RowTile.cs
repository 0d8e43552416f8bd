namespace ElasticNet.Fast.Moments;

/// <summary>Some adjacent rows of [X̂ ŷ], column after column, sorted by fold.</summary>
internal unsafe struct RowTile
{
    /// <summary>The first column.</summary>
    public double* Data;

    /// <summary>Elements from one column to the next.</summary>
    public nint Stride;

    /// <summary>√w of the rows, sorted like them.</summary>
    public double* RootWeights;

    /// <summary>Where each row of X goes, those of no fold behind all others; null where all stay in their order.</summary>
    public int* Places;

    /// <summary>Where each fold begins, and where the last ends.</summary>
    public int* Starts;

    /// <summary>The first row of X.</summary>
    public int Top;

    /// <summary>Rows of X, those of no fold included.</summary>
    public int Count;

    /// <summary>Puts the weights in order and counts them.</summary>
    public readonly void PackWeights(double* rootWeights, SecondMoments[] folds)
    {
        Sort(rootWeights + Top, 0, Count, RootWeights);
        for (int k = 0; k < folds.Length; k++)
        {
            for (int i = Starts[k]; i < Starts[k + 1]; i++)
            {
                folds[k].Weight += RootWeights[i] * RootWeights[i];
                folds[k].Rows += RootWeights[i] > 0 ? 1 : 0;
            }
        }
    }

    /// <summary>Writes <paramref name="count"/> values of adjacent rows to where these rows go.</summary>
    /// <param name="values">One for each row.</param>
    /// <param name="first">The first row, counted from <see cref="Top"/>.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="column">A column of the tile.</param>
    public readonly void Sort(double* values, int first, int count, double* column)
    {
        if (Places == null)
        {
            Buffer.MemoryCopy(values, column + first, (long)count * sizeof(double), (long)count * sizeof(double));
            return;
        }

        int* places = Places + first;
        int i = 0;
        for (; i < count - 3; i += 4)
        {
            column[places[i]] = values[i];
            column[places[i + 1]] = values[i + 1];
            column[places[i + 2]] = values[i + 2];
            column[places[i + 3]] = values[i + 3];
        }

        for (; i < count; i++)
            column[places[i]] = values[i];
    }
}
