using System.Buffers.Binary;
using System.Xml.Linq;
using ElasticNet.Fast.Plots;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Plots;

/// <summary>Pictures are legible: no word covers another, none is cut, in every size and theme and for few and many features.</summary>
public class PictureTests
{
    public static TheoryData<int, string> All
    {
        get
        {
            TheoryData<int, string> all = [];
            foreach (int features in (ReadOnlySpan<int>)[12, 100, 500])
            {
                foreach (string kind in (ReadOnlySpan<string>)["path", "norm", "cv", "coefficients", "intervals", "stability", "residuals", "survival", "survival-calibration", "survival-roc", "tiles", "one-class", "classes-path", "class-path", "confusion", "classes-roc", "missing"])
                    all.Add(features, kind);
            }

            return all;
        }
    }

    [NeedsTheory(Tool.Font)]
    [MemberData(nameof(All))]
    public void No_word_covers_another_and_none_is_cut(int features, string kind)
    {
        Picture picture = Gallery.Of(features).Pictures[kind];
        foreach (PictureStyle style in (ReadOnlySpan<PictureStyle>)[new(), new() { Width = 380, Height = 420, MostNames = 8, Theme = PictureTheme.Dark }, new() { Width = 1600, Height = 260, MostNames = 40 }])
        {
            List<SvgWords.Word> words = SvgWords.Of(picture.ToSvg(style));
            Assert.True(words.Count >= 4);
            for (int i = 0; i < words.Count; i++)
            {
                SvgWords.Word word = words[i];
                Assert.True(word.Left >= 0 && word.Right <= style.Width && word.Top >= 0 && word.Bottom <= style.Height, $"{word} leaves the {style.Width} × {style.Height}");
                for (int j = 0; j < i; j++)
                    Assert.False(word.Overlaps(words[j]), $"{word} covers {words[j]} at {style.Width} × {style.Height}");
            }
        }
    }

    [NeedsTheory(Tool.Font)]
    [MemberData(nameof(All))]
    public void A_png_has_the_size_asked_for_and_more_than_its_ground(int features, string kind)
    {
        byte[] png = Gallery.Of(features).Pictures[kind].ToPng(new() { Width = 500, Height = 300, PixelRatio = 1.5 });
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((750, 450), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.True(png.Length > 5000, $"{png.Length} bytes are an empty picture");
    }

    [NeedsFact(Tool.Font)]
    public void The_strongest_features_are_named_beside_the_ends_of_their_curves()
    {
        Gallery gallery = Gallery.Of(12);
        RegularizationPath path = gallery.CrossValidation.Best.Path;
        string[] byEffect = [.. Enumerable.Range(0, path.EverSelected.Length)
            .OrderByDescending(k => path[^1].Coefficients[path.EverSelected.Span[k]] * path.StandardDeviations.Span[k])
            .Select(k => gallery.Names[path.EverSelected.Span[k]])];
        List<SvgWords.Word> words = SvgWords.Of(gallery.Pictures["path"].ToSvg());
        string[] shown = [.. words.Where(word => byEffect.Any(name => IsCut(name, word.Text) && word.Text.Length > 5)).OrderBy(word => word.Top).Select(word => word.Text)];
        Assert.Equal(12, shown.Length);
        Assert.All(byEffect.Zip(shown), pair => Assert.True(IsCut(pair.First, pair.Second), $"{pair.Second} is not {pair.First}"));

        // In the middle.
        static bool IsCut(string name, string shown) =>
            shown.Split('…') is { Length: 2 } parts ? name.StartsWith(parts[0], StringComparison.Ordinal) && name.EndsWith(parts[1], StringComparison.Ordinal) : name == shown;
    }

    [NeedsFact(Tool.Font)]
    public void Both_lambdas_are_marked_with_what_they_select()
    {
        CrossValidationResult cv = Gallery.Of(100).CrossValidation;
        List<SvgWords.Word> words = SvgWords.Of(Gallery.Of(100).Pictures["cv"].ToSvg());
        int selected = cv.Best.Points.Single(point => point.Lambda == cv.LambdaMin).NonZeroCount;
        Assert.Contains(words, word => word.Text == FormattableString.Invariant($"λ.min = {cv.LambdaMin:g4}, {selected} features"));
        Assert.Contains(words, word => word.Text.StartsWith(FormattableString.Invariant($"λ.1se = {cv.Lambda1Se:g4}"), StringComparison.Ordinal));
    }

    [NeedsFact(Tool.Font)]
    public void Words_stay_words_and_names_are_escaped()
    {
        XDocument svg = XDocument.Parse(Gallery.Of(12).Pictures["coefficients"].ToSvg(new() { Width = 1200 }));
        Assert.Contains(svg.Descendants(), element => element.Name.LocalName == "text" && element.Value.Trim() == "a rather long name of a feature, <number> 3 & more");
        Assert.Equal("0 0 1200 500", svg.Root!.Attribute("viewBox")!.Value);
        Assert.Equal(Gallery.Of(12).Pictures["coefficients"].Description, svg.Root.Elements().Single(element => element.Name.LocalName == "desc").Value);
    }

    [NeedsFact(Tool.Font)]
    public void The_same_picture_is_the_same_bytes_in_every_culture()
    {
        Picture picture = Gallery.Of(12).Pictures["cv"];
        string expected = picture.ToSvg();
        using CultureScope german = new("de-DE");
        Assert.Equal(expected, picture.ToSvg());
        XElement[] all = [.. XDocument.Parse(expected).Descendants()];
        string[] clips = [.. all.Where(element => element.Name.LocalName == "clipPath").Select(element => element.Attribute("id")!.Value)];
        Assert.Equal(clips.Distinct(), clips);
        Assert.All(all.Attributes("clip-path"), use => Assert.Contains(use.Value, clips.Select(clip => $"url(#{clip})")));
    }

    [NeedsFact(Tool.Font)]
    public void Curves_of_a_model_without_anything_selected_can_be_drawn()
    {
        double[,] x = { { 1 }, { 1 }, { 1 }, { 1 } };
        RegularizationPath path = ElasticNetEstimator.Path(x, [1, 2, 3, 4], 1, new() { Lambdas = new double[] { 1, 0.5 } });
        Assert.NotEmpty(SvgWords.Of(Pictures.CoefficientPaths(path).ToSvg()));
        Assert.NotEmpty(SvgWords.Of(Pictures.CoefficientPaths(path, PathAxis.L1Norm).ToSvg()));
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, [1, 2, 3, 4], 1);
        Assert.Equal("No feature is selected.", Pictures.Coefficients(model).Description);
        Assert.NotEmpty(SvgWords.Of(Pictures.Coefficients(model).ToSvg()));
        Assert.NotEmpty(SvgWords.Of(Pictures.Residuals([1], [1]).ToSvg()));
        Assert.NotEmpty(SvgWords.Of(Pictures.MissingValues(new FeatureTable([InputColumn.Number("a")], new double[] { 1, 2 }, 2)).ToSvg()));
    }

    [NeedsTheory(Tool.Font)]
    [InlineData(1e16, 1)]
    [InlineData(-1e300, 0)]
    [InlineData(1e-300, 1e-310)]
    [InlineData(0, 0)]
    public void Values_that_hardly_differ_have_an_axis_too(double at, double spread) => Assert.NotEmpty(
        SvgWords.Of(Pictures.Residuals([at, at + spread], [at + spread, at]).ToSvg()));

    [NeedsFact(Tool.Font)]
    public void Any_name_leaves_a_file_that_viewers_can_read()
    {
        string[] names = ["\u0000\u0007", "\uFFFE\uFFFF", "a\uD800b", "<&\"'>", "]]>", "😀 年齢", ""];
        double[,] x = new double[20, 7];
        double[] y = new double[20];
        Random random = new(1);
        for (int i = 0; i < 20; i++)
        {
            for (int j = 0; j < 7; j++)
                y[i] += x[i, j] = random.NextDouble();
        }

        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(x, y, new() { FeatureNames = names, Folds = 4 });
        foreach (Picture picture in (Picture[])[Pictures.Coefficients(cv.Model), Pictures.CoefficientPaths(cv.Best.Path), Pictures.StabilityPaths(ElasticNetEstimator.Stability(x, y, new() { Pairs = 3, SelectedPerHalf = 5 }, new() { FeatureNames = names }))])
            Assert.Equal("svg", XDocument.Parse(picture.ToSvg()).Root!.Name.LocalName);
    }

    [NeedsFact(Tool.Font)]
    public void What_cannot_be_drawn_is_refused_with_the_reason()
    {
        double[,] x = { { 1 }, { 2 }, { 4 } };
        RegularizationPath one = ElasticNetEstimator.Path(x, [1, 2, 3], 1, new() { Lambdas = new double[] { 0.5, 0 } });
        Assert.Contains("'path' (1 of 2 solutions with λ > 0) must have at least 2", Assert.Throws<ArgumentException>(() => Pictures.CoefficientPaths(one)).Message, StringComparison.Ordinal);
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, [1, 2, 3], 0.1);
        Assert.Contains("must come from a cross-validation", Assert.Throws<ArgumentException>(() => Pictures.CrossValidation(model)).Message, StringComparison.Ordinal);
        Assert.Contains("'predictions' (length 1) must have as many values as 'target' (2)", Assert.Throws<ArgumentException>(() => Pictures.Residuals([1], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("None of the 1 rows", Assert.Throws<ArgumentException>(() => Pictures.Residuals([double.NaN], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("'Width' (100) must be in [240, 8000]", Assert.Throws<ArgumentOutOfRangeException>(() => Pictures.Coefficients(model).ToSvg(new() { Width = 100 })).Message, StringComparison.Ordinal);
        Assert.Contains("'PixelRatio' (NaN) must be in [0.5, 4]", Assert.Throws<ArgumentOutOfRangeException>(() => Pictures.Coefficients(model).ToPng(new() { PixelRatio = double.NaN })).Message, StringComparison.Ordinal);
        Assert.Contains("'path' (a.jpg) must end in .svg or .png", Assert.Throws<ArgumentException>(() => Pictures.Coefficients(model).Save("a.jpg")).Message, StringComparison.Ordinal);
    }
}
