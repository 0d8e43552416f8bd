using System.Globalization;
using System.Text;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Csv;

public class PredictionWriterTests
{
    private static readonly string[] Names = ["a", "b"];

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Writes_one_shortest_number_a_line_in_every_culture(string culture)
    {
        using var scope = new CultureScope(culture);
        using ElasticNetModel model = SampleModel.Create(0.5, [0.1, -1000], Names);
        Assert.Equal("prediction\n0.6\n-999.4\n1E+300\n", Write(model, "a,b\n1,0\n1,1\n1e301,0\n"));
    }

    [Fact]
    public void No_rows_give_a_header_alone()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.1, 2], Names);
        Assert.Equal("prediction\n", Write(model, "a,b\n"));
    }

    [Fact]
    public void A_model_without_coefficients_predicts_its_intercept_for_every_row()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0, 0], Names);
        Assert.Equal("prediction\n0.5\n0.5\n", Write(model, "other\nx\ny\n"));
    }

    [Fact]
    public void Adds_the_offset()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [1, 2], Names, hasOffset: true);
        Assert.Equal("prediction\n103.5\n", Write(model, "a,b,o\n1,1,100\n", "o"));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void All_rows_at_hand_are_answered_before_more_are_asked_for(string lineEnd)
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names);
        using var output = new MemoryStream();
        string[] pieces = ["a,b" + lineEnd, "1,2" + lineEnd, "\"1\",2" + lineEnd + "3,3" + lineEnd, "1,"];
        string[] answers = ["", "prediction\n", "prediction\n-2.25\n", "prediction\n-2.25\n-2.25\n-3.25\n"];
        int asked = 0;
        var rows = new PieceStream(() =>
        {
            if (asked < answers.Length)
                Assert.Equal(answers[asked], Encoding.UTF8.GetString(output.ToArray()));
            return asked < pieces.Length ? pieces[asked++] : asked++ == pieces.Length ? "2" : "";
        });
        PredictionWriter.Write(model, CsvText.Open(rows), output);
        Assert.Equal(answers[^1] + "-2.25\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Svmlight_rows_at_hand_are_answered_before_more_are_asked_for()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names);
        using var output = new MemoryStream();
        int asked = 0;
        var rows = new PieceStream(() =>
        {
            Assert.Equal("prediction\n" + string.Concat(Enumerable.Repeat("-2.25\n", asked)), asked == 0 ? "prediction\n" : Encoding.UTF8.GetString(output.ToArray()));
            return asked++ < 3 ? "1:1 2:2\n" : "";
        });
        Assert.Equal(3, PredictionWriter.WriteSvmLight(model, CsvText.Open(rows), output, zeroBased: false, out _));
    }

    [Fact]
    public void Many_rows_are_those_of_Predict_and_cross_every_buffer()
    {
        using ElasticNetModel model = SampleModel.Create(1.0 / 3, [Math.PI, -Math.E], Names);
        var rows = new StringBuilder("a,b\n");
        var expected = new StringBuilder("prediction\n");
        var random = new Random(5);
        for (int i = 0; i < 20_000; i++)
        {
            double[] row = [random.NextDouble() - 0.5, random.NextDouble() * 1e-9];
            rows.Append(CultureInfo.InvariantCulture, $"{row[0]},{row[1]}\n");
            expected.Append(CultureInfo.InvariantCulture, $"{model.Predict(row)}\n");
        }
        Assert.Equal(expected.ToString(), Write(model, rows.ToString()));
    }

    [Fact]
    public void Rows_before_a_faulty_one_are_written()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 1], Names);
        using var output = new MemoryStream();
        Assert.Throws<CsvDataException>(() => PredictionWriter.Write(model, new StringReader("a,b\n1,2\n3,x\n"), output));
        Assert.Equal("prediction\n3\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_rows()
    {
        using ElasticNetModel model = SampleModel.Create(0, [1, 1], Names);
        PredictionWriter.Write(model, new RepeatedRows(1000), Stream.Null);

        long few = Allocated(() => PredictionWriter.Write(model, new RepeatedRows(1000), Stream.Null));
        long many = Allocated(() => PredictionWriter.Write(model, new RepeatedRows(100_000), Stream.Null));

        Assert.InRange(many - few, long.MinValue, 64 * 1024);
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static string Write(ElasticNetModel model, string rows, string? offset = null)
    {
        using var output = new MemoryStream();
        PredictionWriter.Write(model, new StringReader(rows), output, new() { OffsetColumn = offset });
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>A CSV of any length that is never in memory.</summary>
    private sealed class RepeatedRows(int rows) : TextReader
    {
        private const string Header = "a,b\n";
        private const string Line = "1.25,2.5\n";
        private long _at;

        private long Length => Header.Length + ((long)rows * Line.Length);

        public override int Peek() => _at < Length ? At(_at) : -1;

        public override int Read() => _at < Length ? At(_at++) : -1;

        public override int Read(char[] buffer, int index, int count)
        {
            int taken = 0;
            while (taken < count && _at < Length)
                buffer[index + taken++] = At(_at++);
            return taken;
        }

        private static char At(long position) =>
            position < Header.Length ? Header[(int)position] : Line[(int)((position - Header.Length) % Line.Length)];
    }
}
