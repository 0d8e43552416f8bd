using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace ElasticNet.Fast.PreparationBenchmark.Pipeline;

/// <summary>ML.NET: the same steps as far as it has them. It has no median (the mean stands in), computes in float, and its trainer has another stopping rule.</summary>
internal sealed class MlNetPipeline
{
    private readonly MLContext _context = new(seed: 1);
    private readonly TransformerChain<RegressionPredictionTransformer<LinearRegressionModelParameters>> _model;

    public MlNetPipeline(RawTable training, double lambda, double l1Ratio)
    {
        SdcaRegressionTrainer.Options trainer = new()
        {
            LabelColumnName = nameof(Row.Target),
            L1Regularization = (float)(lambda * l1Ratio),
            L2Regularization = (float)(lambda * (1 - l1Ratio)),
            NumberOfThreads = 1,
        };
        _model = _context.Transforms.IndicateMissingValues("Gaps", nameof(Row.Numbers))
            .Append(_context.Transforms.Conversion.ConvertType("Gaps", outputKind: DataKind.Single))
            .Append(_context.Transforms.ReplaceMissingValues(nameof(Row.Numbers), replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(_context.Transforms.Categorical.OneHotEncoding([new(nameof(Row.A)), new(nameof(Row.B)), new(nameof(Row.C))]))
            .Append(_context.Transforms.Concatenate("Features", nameof(Row.Numbers), "Gaps", nameof(Row.A), nameof(Row.B), nameof(Row.C)))
            .Append(_context.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .AppendCacheCheckpoint(_context)
            .Append(_context.Regression.Trainers.Sdca(trainer))
            .Fit(_context.Data.LoadFromEnumerable(Rows(training)));
    }

    /// <summary>Its version.</summary>
    public static string Description => "ML.NET " + typeof(MLContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <summary>A row, and all rows at once.</summary>
    public Contestant[] Contestants(RawTable table)
    {
        const string Theirs = "ML.NET";
        Row[] rows = Rows(table);
        PredictionEngine<Row, Prediction> engine = _context.Model.CreatePredictionEngine<Row, Prediction>(_model);
        Prediction prediction = new();
        double[] single = new double[table.Rows], batch = new double[table.Rows];
        return
        [
            new InProcess(Theirs, "PredictionEngine", false, single, () =>
            {
                for (int i = 0; i < single.Length; i++)
                {
                    // Into the same object, so that it need not make one.
                    engine.Predict(rows[i], ref prediction);
                    single[i] = prediction.Score;
                }
            }),
            new InProcess(Theirs, "Transform", true, batch, () =>
            {
                int i = 0;
                foreach (float score in _model.Transform(_context.Data.LoadFromEnumerable(rows)).GetColumn<float>(nameof(Prediction.Score)))
                    batch[i++] = score;
            }),
        ];
    }

    private static Row[] Rows(RawTable table)
    {
        int width = RawTable.Columns.Length;
        return [.. Enumerable.Range(0, table.Rows).Select(i => new Row
        {
            Numbers = [.. table.Raw.Skip(i * width).Take(RawTable.Numbers).Select(value => (float)value)],
            A = RawTable.Level(12, table.Raw[i * width + 12]),
            B = RawTable.Level(13, table.Raw[i * width + 13]),
            C = RawTable.Level(14, table.Raw[i * width + 14]),
            Target = (float)table.Target[i],
        })];
    }

    /// <summary>A row as ML.NET takes it.</summary>
    private sealed class Row
    {
        [VectorType(RawTable.Numbers)]
        public float[] Numbers { get; set; } = [];

        public string A { get; set; } = "";

        public string B { get; set; } = "";

        public string C { get; set; } = "";

        public float Target { get; set; }
    }

    /// <summary>What ML.NET answers.</summary>
    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
