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
            return ReadWhole(file, CheckStart(file));
        }
        catch (ModelFormatException e)
        {
            throw Named(path, e);
        }
    }

    /// <summary>
    /// Maps a file and reads everything but its coefficients, unless they are few: these are read like the rest, so that whatever becomes of
    /// the file is nothing to the model.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="largestCopy">Up to how many bytes of coefficients are read.</param>
    /// <param name="coefficients">Where they are.</param>
    public static ModelContent Map(string path, int largestCopy, out CoefficientStore coefficients)
    {
        using FileStream file = Open(path);
        MappedFile? map = null;
        try
        {
            int length = CheckStart(file);
            if (CoefficientLength(file) <= (ulong)largestCopy)
            {
                ModelContent whole = ReadWhole(file, length);
                coefficients = new CoefficientStore(whole);
                return whole;
            }

            map = MappedFile.Map(file, length);
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

    private static ModelContent ReadWhole(FileStream file, int length)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        file.ReadExactly(bytes);
        return ModelReader.Read(bytes);
    }

    private static ulong CoefficientLength(FileStream file)
    {
        Span<byte> start = stackalloc byte[ModelFile.HeaderSize + ModelFile.MaxSections * ModelFile.EntrySize];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return SectionTable.ClaimedLength(start[..read], SectionKind.Coefficients);
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
