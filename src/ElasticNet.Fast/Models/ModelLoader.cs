namespace ElasticNet.Fast.Models;

/// <summary>Fetches the bytes of a model file, by reading or by mapping, and names the file in what goes wrong.</summary>
internal static class ModelLoader
{
    /// <summary>Reads a file. Its header is checked before memory is taken for the rest.</summary>
    public static ModelContent Read(string path)
    {
        using FileStream file = Open(path);
        try
        {
            int length = CheckStart(file);
            byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
            file.ReadExactly(bytes);
            return ModelReader.Read(bytes);
        }
        catch (ModelFormatException e)
        {
            throw Named(path, e);
        }
    }

    /// <summary>Maps a file and reads everything but its coefficients.</summary>
    public static ModelContent Map(string path, out CoefficientStore coefficients)
    {
        using FileStream file = Open(path);
        MappedFile? map = null;
        try
        {
            map = MappedFile.Map(file, CheckStart(file));
            ModelContent content = Read(map, out CoefficientRegion region);
            coefficients = new CoefficientStore(map, region);
            map = null;
            return content;
        }
        catch (ModelFormatException e)
        {
            throw Named(path, e);
        }
        finally
        {
            map?.Dispose();
        }
    }

    private static ModelContent Read(MappedFile map, out CoefficientRegion region)
    {
        ReadOnlySpan<byte> bytes = map.Acquire();
        try
        {
            return ModelReader.ReadInPlace(bytes, out region);
        }
        finally
        {
            map.Release();
        }
    }

    private static FileStream Open(string path)
    {
        if (RegularFile.WhatElse(path) is { } other)
            throw Named(path, new ModelFormatException($"Bad model file: a model must be a regular file, not {other}."));
        return new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>Checks the header and goes back to the start; returns the length of the file.</summary>
    private static int CheckStart(FileStream file)
    {
        if (!file.CanSeek)
            Throw.ModelFile($"a model must be a regular file, not a pipe or a device");
        long length = file.Length;
        Span<byte> header = stackalloc byte[ModelFile.HeaderSize];
        SectionTable.CheckHeader(header[..file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)], length);
        if (length > Array.MaxLength)
            Throw.ModelFile($"the file ({length} bytes) must be at most {Array.MaxLength} bytes long");
        file.Position = 0;
        return (int)length;
    }

    private static ModelFormatException Named(string path, ModelFormatException e) => new($"'{path}': {e.Message}", e);
}
