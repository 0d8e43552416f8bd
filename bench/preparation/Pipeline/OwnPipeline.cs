namespace ElasticNet.Fast.PreparationBenchmark.Pipeline;

/// <summary>Ours: one model, asked in every way that it can be.</summary>
internal sealed class OwnPipeline : IDisposable
{
    private readonly ElasticNetModel _model;

    public OwnPipeline(RawTable training, double lambda, double l1Ratio)
    {
        PreparationOptions preparation = new() { Imputation = ImputationMethod.Median, MissingIndicators = true };
        _model = ElasticNetEstimator.Fit(training.ToFeatureTable(), training.Target, lambda, l1Ratio, new() { Preparation = preparation });
    }

    /// <summary>Number of features, of which so many have a coefficient.</summary>
    public (int All, int Used) Features => (_model.FeatureCount, _model.Indices.Length);

    /// <summary>A raw row, a typed row, and all rows of either kind at once.</summary>
    public Contestant[] Contestants(RawTable table)
    {
        const string Ours = "ours";
        double[] raw = table.Raw;
        int width = RawTable.Columns.Length;
        Reading[] readings = table.ToReadings();
        TypedPredictor<Reading> typed = new(_model);
        double[] rows = New(), objects = New(), rawBatch = New(), typedBatch = New();
        return
        [
            new InProcess(Ours, "raw row", false, rows, () =>
            {
                for (int i = 0; i < rows.Length; i++)
                    rows[i] = _model.Predict(raw.AsSpan(i * width, width));
            }),
            new InProcess(Ours, "typed row", false, objects, () =>
            {
                for (int i = 0; i < objects.Length; i++)
                    objects[i] = typed.Predict(in readings[i]);
            }),
            new InProcess(Ours, "raw rows", true, rawBatch, () => _model.Predict(MatrixView.RowMajor<double>(raw, table.Rows, width), rawBatch)),
            new InProcess(Ours, "typed rows", true, typedBatch, () => typed.Predict(readings, typedBatch)),
        ];

        double[] New() => new double[table.Rows];
    }

    public void Dispose() => _model.Dispose();
}
