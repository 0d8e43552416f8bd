using System.Text;
using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Names of any length and script. Command lines run one after another.</summary>
[Collection(nameof(CommandLineTests))]
public class LongNameTests
{
    private static readonly string s_start = new('a', 50);

    [Fact]
    public void Names_are_whole_in_a_file_and_stay_different_on_a_terminal()
    {
        string first = s_start + "1", second = s_start + "2", wide = string.Concat(Enumerable.Repeat("面積", 30));
        string data = $"{first},{second},{wide},y\n1,2,3,4\n2,1,5,7\n4,4,4,9\n3,9,1,1\n";
        string file = Describe(data, showsOutput: false), terminal = Describe(data, showsOutput: true);
        Assert.All(new[] { first, second, wide }, name => Assert.Contains(name, file, StringComparison.Ordinal));
        Assert.All(new[] { first, second, wide }, name => Assert.DoesNotContain(name, terminal, StringComparison.Ordinal));
        Assert.Contains(new string('a', 20) + "…" + new string('a', 18) + "1 ", terminal, StringComparison.Ordinal);
        Assert.Contains(new string('a', 20) + "…" + new string('a', 18) + "2 ", terminal, StringComparison.Ordinal);
        string[] lines = [.. terminal.Split('\n').Where(line => line.Contains("number", StringComparison.Ordinal))];
        Assert.Equal(4, lines.Length);
        Assert.Single(lines.Select(line => FeatureName.Width(line[..line.IndexOf("number", StringComparison.Ordinal)])).Distinct());
    }

    [Fact]
    public void Names_that_differ_in_their_middle_alone_are_left_whole()
    {
        string first = s_start + "1" + s_start, second = s_start + "2" + s_start;
        string terminal = Describe($"{first},{second},y\n1,2,3\n2,1,4\n", showsOutput: true);
        Assert.Contains(first, terminal, StringComparison.Ordinal);
        Assert.Contains(second, terminal, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_quote_what_can_be_read()
    {
        string name = new string('x', 1500) + new string('z', 1500);
        EnetRun run = EnetRun.WithInput($"{name},y\n1,2\nq,3\n1,4\n", "fit", "-", "--target", "y", "--numbers", name);
        run.AssertRefused(1, $"column '{new string('x', 30)}…{new string('z', 29)}': 'q' is not a number");
        EnetRun.WithInput("a,y\n1,2\n", "fit", "-", "--target", name).AssertRefused(1, $"there is no column '{new string('x', 30)}…{new string('z', 29)}'");
    }

    [Theory]
    [InlineData("nothing is quoted here, however long the sentence is that says so, and it isn't")]
    [InlineData("it's the model's own table that isn't what somebody else's program takes it for, says 'x'")]
    [InlineData("'/a/path/that/is/longer/than/sixty/characters/and/which/somebody/may/want/to/copy/model.enet' is a directory")]
    [InlineData("the columns are 'a…', 'b', 'c (%)' and some more that this sentence is too short to name one by one")]
    [InlineData("an unclosed 'quote that goes on and on for more than sixty characters without an end to it at all")]
    public void Other_words_are_left_alone(string sentence) => Assert.Equal(sentence, PlainText.ShortQuotes(sentence));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("größe", 5)]
    [InlineData("gro\u0308ße", 5)]
    [InlineData("面積", 4)]
    [InlineData("ｶﾅ", 2)]
    [InlineData("🙂", 2)]
    [InlineData("한국", 4)]
    public void Wide_characters_take_two_columns(string text, int width)
    {
        Assert.Equal(width, FeatureName.Width(text));
        Assert.Equal(10, FeatureName.Width(FeatureName.Padded(text, 10)));
    }

    [Theory]
    [InlineData("fit --target y --lambda 0.01 --table --explain")]
    [InlineData("select --target y --folds 3")]
    [InlineData("stability --target y --pairs 5")]
    [InlineData("infer --target y --lambda 0.01")]
    [InlineData("describe")]
    public void One_rule_for_every_table(string line)
    {
        string name = s_start + "1", cut = new string('a', 20) + "…" + new string('a', 18) + "1";
        string data = $"{name},b,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => FormattableString.Invariant($"{i * 7 % 11},{i * i % 13},{i * 7 % 11 + i % 3 + 0.5 * (i * i % 13)}\n")));
        string[] words = line.Split(' ');
        string[] args = [words[0], "-", .. words[1..]];
        Assert.Contains(name, Run(data, showsOutput: false, args), StringComparison.Ordinal);
        string terminal = Run(data, showsOutput: true, args);
        Assert.Contains(cut, terminal, StringComparison.Ordinal);
        Assert.DoesNotContain(name, terminal, StringComparison.Ordinal);
    }

    private static string Describe(string data, bool showsOutput) => Run(data, showsOutput, "describe", "-");

    private static string Run(string data, bool showsOutput, params string[] args)
    {
        using var output = new MemoryStream();
        int exitCode;
        using (var terminal = new Terminal(new MemoryStream(Encoding.UTF8.GetBytes(data)), output, new MemoryStream(), showsProgress: false) { ShowsOutput = showsOutput })
            exitCode = new CommandLine(terminal).Run(args);
        Assert.Equal(0, exitCode);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
