using System.Globalization;
using ElasticNet.Fast.Models;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>A save happens as a whole or not at all, and leaves nothing else behind.</summary>
public class SaveTests
{
    [Fact]
    public void Saving_over_a_file_replaces_it_and_leaves_nothing_else()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        using ElasticNetModel small = SampleModels.Model(1, 3);
        using ElasticNetModel large = SampleModels.Model(2, 300);
        large.Save(path);
        small.Save(path);
        Assert.Equal(SampleModels.Bytes(small), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void A_device_is_refused()
    {
        if (OperatingSystem.IsWindows())
            return; // Devices have no directory there.
        // Not /dev/null: where the rule is broken, this machine would have to do without.
        using ElasticNetModel model = SampleModels.Model(1, 3);
        IOException exception = Assert.Throws<IOException>(() => model.Save("/dev/elastic-net-test"));
        Assert.Contains("must not be a device", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("/dev/elastic-net-test"));
    }

    [Theory]
    [InlineData("pipe", "a named pipe")]
    [InlineData("socket", "a socket")]
    [InlineData("folder", "a directory")]
    [InlineData("link", "a named pipe")]
    public async Task Only_a_regular_file_is_loaded_or_replaced(string name, string what)
    {
        if (OperatingSystem.IsWindows())
            return; // Pipes and sockets are no files there.
        using TemporaryDirectory directory = new();
        using System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", directory.File("pipe"));
        await made.WaitForExitAsync();
        using System.Net.Sockets.Socket socket = new(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(directory.File("socket")));
        Directory.CreateDirectory(directory.File("folder"));
        File.CreateSymbolicLink(directory.File("link"), directory.File("pipe"));
        string path = directory.File(name), message = $"must be a regular file, not {what}";
        // Where the rule is broken, opening a pipe never returns.
        await Task.Run(() =>
        {
            Assert.Contains(message, Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(path)).Message);
            Assert.Contains(message, Assert.Throws<ModelFormatException>(() => ElasticNetModel.OpenMapped(path)).Message);
            using ElasticNetModel model = SampleModels.Model(1, 3);
            Assert.Contains(message, Assert.Throws<IOException>(() => model.Save(path)).Message);
        }).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(4, Directory.GetFileSystemEntries(directory.Path).Length);
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/zero")]
    public void A_device_is_not_loaded(string device)
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.Contains("not a device", Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(device)).Message);
        Assert.Contains("not a device", Assert.Throws<ModelFormatException>(() => ElasticNetModel.OpenMapped(device)).Message);
    }

    [Fact]
    public void Links_and_empty_files_are_in_nobodys_way()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet"), link = directory.File("link.enet"), dangling = directory.File("dangling.enet");
        File.WriteAllBytes(path, []);
        using ElasticNetModel model = SampleModels.Model(1, 3);
        Assert.Contains("Bad model file", Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(path)).Message);
        model.Save(path);
        if (OperatingSystem.IsWindows())
            return; // Links take a privilege there.
        File.CreateSymbolicLink(link, path);
        File.CreateSymbolicLink(dangling, directory.File("nothing"));
        using ElasticNetModel loaded = ElasticNetModel.Load(link), mapped = ElasticNetModel.OpenMapped(link);
        Assert.Equal(SampleModels.Bytes(model), SampleModels.Bytes(loaded));
        Assert.Throws<FileNotFoundException>(() => ElasticNetModel.Load(dangling));
        model.Save(dangling);
        Assert.Null(new FileInfo(dangling).LinkTarget);
    }

    [Fact]
    public void A_mapped_model_survives_the_replacement_of_its_file()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        using ElasticNetModel first = SampleModels.Model(1, 50, offset: false);
        using ElasticNetModel second = SampleModels.Model(2, 50, offset: false);
        first.Save(path);
        using ElasticNetModel mapped = ElasticNetModel.OpenMapped(path, largestCopy: 0);
        second.Save(path);
        double[] row = new double[50];
        row.AsSpan().Fill(1.25);
        Assert.Equal(first.Predict(row), mapped.Predict(row));
        using ElasticNetModel replaced = ElasticNetModel.OpenMapped(path);
        Assert.Equal(second.Predict(row), replaced.Predict(row));
    }

    [Fact]
    public void A_mapped_model_can_be_saved_over_its_own_file()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        using ElasticNetModel model = SampleModels.Model(1, 50);
        model.Save(path);
        using ElasticNetModel mapped = ElasticNetModel.OpenMapped(path, largestCopy: 0);
        mapped.Save(path);
        Assert.Equal(SampleModels.Bytes(model), File.ReadAllBytes(path));
    }

    [Fact]
    public void A_failed_save_leaves_no_temporary_file()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        Directory.CreateDirectory(path);
        using ElasticNetModel model = SampleModels.Model(1, 3);
        IOException e = Assert.Throws<IOException>(() => model.Save(path));
        Assert.Contains($"'{path}' could not be written; what was there before is unchanged.", e.Message);
        Assert.Equal([path], Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_named()
    {
        using TemporaryDirectory directory = new();
        string path = Path.Combine(directory.Path, "missing", "model.enet");
        using ElasticNetModel model = SampleModels.Model(1, 3);
        Assert.Contains($"'path' ({path}) must lie in a directory that exists", Assert.Throws<IOException>(() => model.Save(path)).Message);
    }

    [Fact]
    public void A_directory_that_cannot_be_written_keeps_its_old_file()
    {
        if (OperatingSystem.IsWindows())
            return; // Directories have no such mode there.
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        File.WriteAllBytes(path, [1, 2, 3]);
        File.SetUnixFileMode(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            // The superuser may write everywhere but where there is no such thing as a new file.
            string target = Environment.UserName == "root" ? "/proc/model.enet" : path;
            using ElasticNetModel model = SampleModels.Model(1, 3);
            IOException e = Assert.Throws<IOException>(() => model.Save(target));
            Assert.Contains($"'{target}' could not be written", e.Message);
        }
        finally
        {
            File.SetUnixFileMode(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public void A_model_that_no_reader_would_take_is_not_saved()
    {
        ModelContent content = SampleModels.Content(1, 3, density: 1);
        Refuse(content with { Values = new[] { 1, double.NaN, 1 } }, "'coefficient' of feature 1 (NaN) must be finite and not 0");
        Refuse(content with { Indices = new[] { 0, 1, 3 } }, "'index' 2 (3) must be");
        Refuse(content with { StandardDeviations = new[] { 1.0 } }, "must have as many values (3) and standard deviations (1)");
        Refuse(content with { FeatureNames = ["a"] }, "'feature names' (length 1) must be one for each of the 3 features");
        Refuse(content with { FeatureNames = ["a", null!, "c"] }, "'feature name' 1 of 3 must not be null");
        Refuse(content with { FeatureNames = ["a", "\uD800", "c"] }, "'feature name' must be Unicode text");
        Refuse(content with { Fit = content.Fit with { NonZeroCount = 2 } }, "'non-zero count' of the fit (2)");
        Refuse(content with { Intercept = 0.5 }, "'intercept' of the fit");
        Refuse(content with { FeatureCount = -1, FeatureNames = null }, "'feature count' (-1) must not be negative");
        Refuse(content with { Provenance = content.Provenance with { Rows = -1 } }, "'rows' (-1) must not be negative");
        Refuse(content with { Provenance = content.Provenance with { Repeats = -1 } }, "'repeats' (-1) must not be negative");
        Refuse(content with { Provenance = content.Provenance with { Folds = -1 } }, "'folds' (-1) must not be negative");
    }

    [Fact]
    public void Loading_what_is_not_there_is_an_IOException_and_what_is_bad_names_the_file()
    {
        using TemporaryDirectory directory = new();
        Assert.Throws<FileNotFoundException>(() => ElasticNetModel.Load(directory.File("no.enet")));
        Assert.Throws<FileNotFoundException>(() => ElasticNetModel.OpenMapped(directory.File("no.enet")));
        string path = directory.File("bad.enet");
        byte[] sound = SampleModels.Bytes(SampleModels.Content(1, 3));
        foreach (byte[] bad in new byte[][] { [], [1, 2, 3], sound[..^1], [.. sound[..^1], (byte)(sound[^1] ^ 1)] })
        {
            File.WriteAllBytes(path, bad);
            Assert.StartsWith($"'{path}': Bad model file: ", Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(path)).Message);
            Assert.StartsWith($"'{path}': Bad model file: ", Assert.Throws<ModelFormatException>(() => ElasticNetModel.OpenMapped(path)).Message);
            Assert.StartsWith($"'{path}': Bad model file: ", Assert.Throws<ModelFormatException>(() => ElasticNetModel.OpenMapped(path, largestCopy: 0)).Message);
        }
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Text_is_the_same_under_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            ModelContent content = SampleModels.Content(1, 3, density: 1, offset: false);
            using ElasticNetModel model = new(content with
            {
                Fit = content.Fit with { Lambda = 0.1, L1Ratio = 0.5, DevianceRatio = 0.87, RelativeGap = 1.5e-16 },
            });
            Assert.Equal("elastic net: λ 0.1, ρ 0.5, 3 of 3 coefficients not 0, deviance ratio 0.87, relative gap 1.5E-16", model.ToString());
            Refuse(content with { Fit = content.Fit with { Lambda = -1234.5 } }, "'lambda' (-1234.5) must be finite");
            Assert.Contains("'offset' (1.5) must not be given", Assert.Throws<ArgumentException>(() => model.Predict([1.0, 2, 3], 1.5)).Message);
            Assert.Equal(SampleModels.Bytes(content), SampleModels.Bytes(ElasticNetModel.Load(SampleModels.Bytes(content))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void Refuse(ModelContent content, string message)
    {
        using ElasticNetModel model = new(content);
        string actual = Assert.Throws<InvalidOperationException>(() => model.Save(new MemoryStream())).Message;
        Assert.StartsWith("The model cannot be saved: ", actual);
        Assert.Contains(message, actual);
    }
}
