using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>What programs put around a table that is none of it: read rightly, and said.</summary>
public class PreambleTests
{
    private const string Plain = "a,b,y\n1,2,3\n4,5,6\n";

    [Theory]
    [InlineData("sep=,\na,b,y\n1,2,3\n4,5,6\n", "the first line, sep=,, says what separates fields and is not the header")]
    [InlineData("sep=;\r\na;b;y\r\n1;2;3\r\n4;5;6\r\n", "the first line, sep=;, says what separates fields and is not the header")]
    [InlineData("\"SEP=|\"\na|b|y\n1|2|3\n4|5|6", "the first line, SEP=|, says what separates fields and is not the header")]
    [InlineData("sep=\t\na\tb\ty\n1\t2\t3\n4\t5\t6\n", "the first line, sep=\\t, says what separates fields and is not the header")]
    [InlineData("# made by a program\na,b,y\n1,2,3\n4,5,6\n", "a line that begins with # stands before the header and is left out")]
    [InlineData("# made, by, a\n#\n# program\na,b,y\n1,2,3\n4,5,6\n", "3 lines that begin with # stand before the header and are left out")]
    [InlineData("\uFEFF# made\r\na,b,y\r\n1,2,3\r\n4,5,6", "a line that begins with # stands before the header and is left out")]
    [InlineData("a,b,y,\n1,2,3,\n4,5,6,\n", "the header ends in a separator, as if there were another column, which is left out")]
    [InlineData("a,b,y,\r\n1,2,3,\r\n4,5,6\r\n", "the header ends in a separator, as if there were another column, which is left out")]
    [InlineData("a,b,y, \n1,2,3,\n4,5,6, \n", "the header ends in a separator, as if there were another column, which is left out")]
    [InlineData("a, b ,\" y\"\n1,2,3\n4,5,6\n", "blanks around the names of columns are left out (' b ', ' y')")]
    public void It_is_read_as_the_plain_table_and_said(string text, string note)
    {
        CsvTable plain = CsvTable.Read(new StringReader(Plain)), read = CsvTable.Read(new StringReader(text));
        Assert.Equal(plain.FeatureNames, read.FeatureNames);
        Assert.Equal(plain.Table.Values.ToArray(), read.Table.Values.ToArray());
        Assert.Equal([note.Replace("\\t", "\t", StringComparison.Ordinal)], read.Notes);
        Assert.Empty(plain.Notes);
        using ElasticNetModel model = SampleModel.Create(0.5, [1, 10, 100], ["a", "b", "y"]);
        using var output = new MemoryStream();
        List<string> notes = [];
        PredictionWriter.Write(model, new StringReader(text), output, new() { Note = notes.Add }, null, out _);
        Assert.Equal(read.Notes, notes);
        Assert.Equal("prediction\n321.5\n654.5\n", System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void All_of_it_at_once()
    {
        CsvTable read = CsvTable.Read(new StringReader("sep=;\n# one\n# two\na; b;y;\n1;2;3;\n"));
        Assert.Equal(["a", "b", "y"], read.FeatureNames);
        Assert.Equal(4, read.Notes.Count);
    }

    [Theory]
    [InlineData("#a,b\n1,2\n", "#a")]
    [InlineData("# made by x\n# a,b\n1,2\n", "# a")]
    [InlineData("#\n1\n2\n", "#")]
    [InlineData("sep=a\n1\n2\n", "sep=a")]
    [InlineData("sep=.\n1.5\n2\n", "sep=.")]
    [InlineData("#a,\"b\nc\"\n1,2\n", "#a")]
    public void A_name_may_begin_like_a_remark(string text, string name)
    {
        CsvTable table = CsvTable.Read(new StringReader(text));
        Assert.Equal(name, table.FeatureNames[0]);
        Assert.Equal(name[0] == '#' ? ["the header begins with #, and is the header because it has as many fields as the line after it"] : [], table.Notes.TakeLast(1));
    }

    [Theory]
    [InlineData("a,b,y,\n1,2,3,\n4,5,6,7\n", "row 2 has '7' in column 4, which has no name in the header")]
    [InlineData("a,b,y\n1,2,3,\n", "row 1 has 4 fields, the header has 3, and the last is empty: where rows end in a separator, the header must end in one, too")]
    [InlineData("a,b,y,\n1,2\n", "row 1 has 2 fields, the header has 3")]
    [InlineData("a,b,y,\n1,2,3,,\n", "row 1 has 5 fields, the header has 3")]
    [InlineData("a, a\n1,2\n", "the header names 'a' twice")]
    [InlineData("sep=,\n", "the CSV is empty")]
    [InlineData("# nothing else\n", "the CSV has a header but no rows")]
    [InlineData("5,6,\n1,2,\n", "the header is missing")]
    [InlineData(",\n1,\n", "column 1 of 1 has no name in the header")]
    public void What_is_no_table_is_refused_by_name(string text, string message) =>
        Assert.Contains(message, Assert.Throws<CsvDataException>(() => CsvTable.Read(new StringReader(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_model_whose_names_have_blanks_finds_its_columns()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [1, 10], [" a", "b"]), twice = SampleModel.Create(0.5, [1, 10], [" a", "a"]);
        using var output = new MemoryStream();
        Assert.Equal(1, PredictionWriter.Write(model, new StringReader("b, a\n1,2\n"), output));
        Assert.Equal("prediction\n12.5\n", System.Text.Encoding.UTF8.GetString(output.ToArray()));
        Assert.Contains("differ by blanks alone", Assert.Throws<CsvDataException>(() => PredictionWriter.Write(twice, new StringReader("a, a\n1,2\n"), output)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_by_option_holds()
    {
        CsvTable read = CsvTable.Read(new StringReader("sep=;\na,b\n1,2\n"), new CsvReadOptions { Delimiter = ',' });
        Assert.Equal(["a", "b"], read.FeatureNames);
    }
}
