namespace ElasticNet.Fast.Compare.Problems;

/// <summary>How the columns of a problem are made.</summary>
internal abstract record DesignRecipe;

/// <summary>How dense columns are made, before each is standardised.</summary>
internal abstract record DenseRecipe : DesignRecipe
{
    /// <summary>Fills all columns, the first one first.</summary>
    public abstract void Fill(DesignMatrix<double> x, NormalSource random);
}

/// <summary>AR(1) across columns: x₁ = z, xⱼ = ρₓ xⱼ₋₁ + √(1 − ρₓ²) z; independent columns at ρₓ = 0.</summary>
/// <param name="Correlation">ρₓ.</param>
internal sealed record AutoregressiveDesign(double Correlation) : DenseRecipe
{
    /// <inheritdoc/>
    public override void Fill(DesignMatrix<double> x, NormalSource random)
    {
        double fresh = Math.Sqrt(1 - Correlation * Correlation);
        for (int j = 0; j < x.Columns; j++)
        {
            Span<double> column = x.Column(j);
            random.FillNormal(column);
            if (j == 0 || Correlation == 0)
                continue;
            ReadOnlySpan<double> previous = x.Column(j - 1);
            for (int i = 0; i < column.Length; i++)
                column[i] = Correlation * previous[i] + fresh * column[i];
        }
    }
}

/// <summary>Blocks of columns that share half of their variance: √½ z_block + √½ z.</summary>
/// <param name="BlockLength">Columns in a block.</param>
internal sealed record BlockDesign(int BlockLength) : DenseRecipe
{
    /// <inheritdoc/>
    public override void Fill(DesignMatrix<double> x, NormalSource random)
    {
        double half = Math.Sqrt(0.5);
        double[] shared = new double[x.Rows];
        for (int j = 0; j < x.Columns; j++)
        {
            if (j % BlockLength == 0)
                random.FillNormal(shared);
            Span<double> column = x.Column(j);
            random.FillNormal(column);
            for (int i = 0; i < column.Length; i++)
                column[i] = half * (shared[i] + column[i]);
        }
    }
}

/// <summary>
/// Counts 0/1/2 of a minor allele: two latent AR(1) chains along the columns, started afresh every so often, each
/// counting where it lies below the normal quantile of the column's allele frequency ~ U(0.05, 0.5).
/// </summary>
/// <param name="Correlation">Of neighbours in a chain.</param>
/// <param name="ChainLength">Columns until the chains start afresh.</param>
internal sealed record GenotypeDesign(double Correlation, int ChainLength) : DenseRecipe
{
    /// <inheritdoc/>
    public override void Fill(DesignMatrix<double> x, NormalSource random)
    {
        double[] first = new double[x.Rows], second = new double[x.Rows];
        for (int j = 0; j < x.Columns; j++)
        {
            double carried = j % ChainLength == 0 ? 0 : Correlation;
            Advance(first, carried, random);
            Advance(second, carried, random);
            double threshold = NormalQuantile.At(random.NextUniform(0.05, 0.5));
            Span<double> column = x.Column(j);
            for (int i = 0; i < column.Length; i++)
                column[i] = (first[i] < threshold ? 1 : 0) + (second[i] < threshold ? 1 : 0);
        }
    }

    private static void Advance(double[] chain, double carried, NormalSource random)
    {
        double fresh = Math.Sqrt(1 - carried * carried);
        foreach (ref double value in chain.AsSpan())
            value = carried * value + fresh * random.NextNormal();
    }
}
