using Apache.Arrow.Ipc;
using ElasticNet.Fast.Arrow;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Parquet;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.TypedTables;

/// <summary>What Parquet and Arrow become: what the CSV of the same cells becomes, and refusals that name file and column.</summary>
public class TypedTableTests
{
    public enum Format
    {
        Parquet,
        ArrowFile,
        ArrowStream,
        ArrowFileLz4,
        ArrowStreamZstd,
    }

    public static TheoryData<Format> Formats => [.. Enum.GetValues<Format>()];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_table_is_that_of_the_CSV(Format format)
    {
        CsvTable csv = CsvTable.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(SoldFlats.Csv)), new() { Target = "price" });
        foreach (int rows in new[] { 1, 7, 60, 1000 })
        {
            TrainingTable table = Read(format, Bytes(format, rows, SoldFlats.Columns), new() { Target = "price" });
            Assert.Equal((58, 2), (table.Rows, table.RowsWithoutTarget));
            Assert.Equal(csv.Table.Columns, table.Table.Columns);
            Assert.Equal(csv.Table.Values.ToArray(), table.Table.Values.ToArray());
            Assert.Equal(csv.Target.Values.ToArray(), table.Target.Values.ToArray());
            Assert.Equal(csv.Format, table.Table.Format);
            Assert.Equal(1, csv.Column("lift").Span.Count(double.NaN));
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_was_fitted_predicts_by_name(Format format)
    {
        PreparationOptions filled = new() { Imputation = ImputationMethod.Median };
        TrainingTable table = Read(format, Bytes(format, 16, SoldFlats.Columns), new() { Target = "price" });
        using ElasticNetModel model = ElasticNetEstimator.Fit(table.Table, table.Target, 0.1, 0.5, new() { Preparation = filled });
        Assert.Equal("price", model.TargetName);
        (string, Array)[] turned = [.. SoldFlats.Columns.Reverse()];
        TrainingTable fresh = Read(format, Bytes(format, 9, turned));
        CsvTable csv = CsvTable.Read(new StringReader(SoldFlats.Csv));
        Assert.Equal(model.Predict(csv.Table), model.Predict(fresh.Table));
        Assert.Equal(SoldFlats.Rows, fresh.Rows);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_file_and_streams_of_all_kinds_say_the_same(Format format)
    {
        using TemporaryDirectory directory = new();
        byte[] bytes = Bytes(format, 20, SoldFlats.Columns);
        string path = directory.File("flats.data");
        await File.WriteAllBytesAsync(path, bytes);
        bool isParquet = format == Format.Parquet;
        double[] expected = Read(format, bytes).Table.Values.ToArray();
        TrainingTable[] others =
        [
            isParquet ? ParquetTable.Read(path) : ArrowTable.Read(path),
            isParquet ? await ParquetTable.ReadAsync(path) : await ArrowTable.ReadAsync(path),
            isParquet ? ParquetTable.Read(new ForwardOnly(bytes)) : ArrowTable.Read(new ForwardOnly(bytes)),
            isParquet ? await ParquetTable.ReadAsync(new ForwardOnly(bytes)) : await ArrowTable.ReadAsync(new ForwardOnly(bytes)),
        ];
        Assert.All(others, other => Assert.Equal(expected, other.Table.Values.ToArray()));
        TrainingTable sold = isParquet ? ParquetTable.Read(path, target: "price") : ArrowTable.Read(path, target: "price");
        Assert.Equal(("price", 9), (sold.TargetName, sold.Table.Columns.Count));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Options_choose_and_declare_columns(Format format)
    {
        byte[] bytes = Bytes(format, 25, SoldFlats.Columns);
        TrainingTable table = Read(format, bytes, new() { Target = "lift", Apart = ["fee"], Only = ["rooms", "sold", "district"], Categories = ["rooms", "sold"] });
        Assert.Equal(["rooms", "sold", "district"], table.Table.Columns.Select(column => column.Name));
        Assert.Equal(["1", "2", "3", "4", "5"], table.Levels("rooms"));
        Assert.Equal(59, table.Levels("sold").Count);
        Assert.All(table.Levels("sold"), level => Assert.StartsWith("202", level, StringComparison.Ordinal));
        Assert.Equal(["false", "true"], table.Target.ClassNames!);
        Assert.Equal(59, table.Column("fee").Length);
        using ElasticNetModel model = ElasticNetEstimator.Fit(table.Table, table.Target, 0.01, options: new() { Family = Family.Binomial });
        Assert.Equal(["false", "true"], model.Classes!);
        TrainingTable numbers = Read(format, bytes, new() { Only = ["lift"], Numbers = ["lift"] });
        Assert.Equal(InputKind.Number, numbers.Columns[0].Kind);
        Assert.Equal([0, 1], numbers.Column("lift").ToArray().Where(value => !double.IsNaN(value)).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Options_that_name_what_is_not_there_are_refused(Format format)
    {
        byte[] bytes = Bytes(format, 25, SoldFlats.Columns);
        Refused("Target 'prize') must name one of the 10 columns (did you mean 'price'?)", new() { Target = "prize" });
        Refused("Skip 'x') must name one of the 10 columns", new() { Skip = ["x"] });
        Refused("both skip column 'price' and set it apart", new() { Target = "price", Skip = ["price"] });
        Refused("column 'rooms' both a category and a number", new() { Numbers = ["rooms"], Categories = ["rooms"] });
        Refused("column 'district' is text (", new() { Numbers = ["district"] });

        void Refused(string message, TableReadOptions options) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => Read(format, bytes, options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Values_that_no_table_can_hold_are_told_by_row_and_column(Format format)
    {
        byte[] infinite = Bytes(format, 2, ("a", new double?[] { 1, 2, null, double.NegativeInfinity }));
        Assert.Contains("row 4, column 'a', is -∞", Assert.Throws<ArgumentException>(() => Read(format, infinite)).Message.Replace("-Infinity", "-∞", StringComparison.Ordinal), StringComparison.Ordinal);
        byte[] keys = Bytes(format, 2, ("key", new long?[] { 1, (1L << 53) + 1, 3 }));
        Assert.Equal(9007199254740992, Read(format, keys).Column("key").Span[1]);
        Assert.Contains("row 2, column 'key'", Assert.Throws<ArgumentException>(() => Read(format, keys, new() { Categories = ["key"] })).Message, StringComparison.Ordinal);
        byte[] gaps = Bytes(format, 2, ("y", new double?[] { null, double.NaN }), ("a", new double?[] { 1, 2 }));
        Assert.Contains("'target' (y) must be known in some rows, but it is missing in all 2", Assert.Throws<ArgumentException>(() => Read(format, gaps, new() { Target = "y" })).Message, StringComparison.Ordinal);
        TrainingTable blank = Read(format, Bytes(format, 2, ("a", new string?[] { " ", "", "b ", "b" })));
        Assert.Equal([double.NaN, double.NaN, 0, 0], blank.Column("a").ToArray());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bytes_are_refused_by_name_and_can_be_left_out(Format format)
    {
        byte[] bytes = Bytes(format, 2, ("a", new double?[] { 1, 2, 3 }), ("photo", new byte[]?[] { [1], null, [2, 3] }));
        string message = Assert.Throws<ArgumentException>(() => Read(format, bytes)).Message;
        Assert.Contains("column 'photo' is of the type binary, neither number, text, date nor truth value; leave it out (Skip)", message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], Read(format, bytes, new() { Skip = ["photo"] }).Column("a").ToArray());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_table_without_rows_has_its_columns(Format format)
    {
        byte[] bytes = Bytes(format, 2, ("a", Array.Empty<double?>()), ("b", Array.Empty<string?>()));
        TrainingTable table = Read(format, bytes);
        Assert.Equal((0, 2), (table.Rows, table.Table.Columns.Count));
        Assert.Contains("missing in all 0", Assert.Throws<ArgumentException>(() => Read(format, bytes, new() { Target = "a" })).Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever a reader of the format runs into, one exception comes out, and it names the file.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_that_is_cut_short_is_refused_by_its_path(Format format)
    {
        using TemporaryDirectory directory = new();
        byte[] bytes = Bytes(format, 20, SoldFlats.Columns);
        string path = directory.File("cut.data");
        for (int length = 0; length < bytes.Length - 8; length += Math.Max(1, bytes.Length / 60))
        {
            File.WriteAllBytes(path, bytes[..length]);
            // A stream of batches may end after any of them, as its format has it.
            Exception? exception = Record.Exception(() => format == Format.Parquet ? ParquetTable.Read(path) : ArrowTable.Read(path));
            if (exception is null)
                Assert.True(format is Format.ArrowStream or Format.ArrowStreamZstd, $"{length} of {bytes.Length} bytes were read");
            else
                Assert.StartsWith($"'{path}' cannot be read as {(format == Format.Parquet ? "Parquet" : "Arrow")}: ", Assert.IsType<InvalidDataException>(exception).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Damaged_bytes_do_no_other_harm(Format format)
    {
        byte[] bytes = Bytes(format, 20, SoldFlats.Columns);
        Random random = new(11);
        int refused = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] damaged = [.. bytes];
            for (int k = random.Next(1, 4); k > 0; k--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Read(format, damaged, new() { Target = "price" });
            }
            catch (Exception exception) when (exception is InvalidDataException or ArgumentException)
            {
                refused++;
                Assert.Contains(exception is InvalidDataException ? "the stream " : "'", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 20, 200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("PAR1 is how this text begins and how it ends, but for its length: PAR1")]
    [InlineData("ARROW1 is how this text begins, and nothing else of it is one: ARROW1")]
    [InlineData("FEA1 is the other Feather")]
    public void What_is_neither_is_refused(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Assert.StartsWith("the stream cannot be read as Parquet: ", Assert.Throws<InvalidDataException>(() => ParquetTable.Read(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
        Assert.StartsWith("the stream cannot be read as Arrow: ", Assert.Throws<InvalidDataException>(() => ArrowTable.Read(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_stops_when_it_is_told_to()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        byte[] parquet = Bytes(Format.Parquet, 20, SoldFlats.Columns), arrow = Bytes(Format.ArrowFile, 20, SoldFlats.Columns);
        Assert.ThrowsAny<OperationCanceledException>(() => ParquetTable.Read(new MemoryStream(parquet), cancellationToken: source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => ArrowTable.Read(new MemoryStream(arrow), cancellationToken: source.Token));
    }

    internal static byte[] Bytes(Format format, int rows, params (string Name, Array Values)[] columns) => format switch
    {
        Format.Parquet => TypedFiles.Parquet(rows, columns),
        Format.ArrowFile => TypedFiles.Arrow(rows, isFile: true, null, columns),
        Format.ArrowStream => TypedFiles.Arrow(rows, isFile: false, null, columns),
        Format.ArrowFileLz4 => TypedFiles.Arrow(rows, isFile: true, CompressionCodecType.Lz4Frame, columns),
        _ => TypedFiles.Arrow(rows, isFile: false, CompressionCodecType.Zstd, columns),
    };

    private static TrainingTable Read(Format format, byte[] bytes, TableReadOptions? options = null) =>
        format == Format.Parquet ? ParquetTable.Read(new MemoryStream(bytes), options) : ArrowTable.Read(new MemoryStream(bytes), options);

    /// <summary>Bytes as they come over a network.</summary>
    private sealed class ForwardOnly(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override long Length => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
    }
}
