namespace ElasticNet.Fast.Models;

/// <summary>Fetches the bytes of a model file, by reading or by mapping, and names the file in what goes wrong.</summary>
internal static class ModelLoader
{
    /// <summary>What is read of a stream before more memory is taken.</summary>
    private const int Piece = 1 << 16;

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

    /// <summary>Reads a model off a stream, and no byte beyond it. Memory is taken as the bytes come, whatever the header promises.</summary>
    public static ModelContent Read(Stream source)
    {
        byte[] bytes = new byte[ModelFile.HeaderSize];
        int count = source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false), length = SectionTable.LengthIn(bytes.AsSpan(0, count));
        while (count < length)
        {
            bytes = Longer(bytes, count, length);
            int more = source.ReadAtLeast(bytes.AsSpan(count), bytes.Length - count, throwOnEndOfStream: false);
            if ((count += more) < bytes.Length)
                CutShort(count, length);
        }

        return ModelReader.Read(bytes);
    }

    /// <inheritdoc cref="Read(Stream)"/>
    public static async Task<ModelContent> ReadAsync(Stream source, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[ModelFile.HeaderSize];
        int count = await source.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        int length = SectionTable.LengthIn(bytes.AsSpan(0, count));
        while (count < length)
        {
            bytes = Longer(bytes, count, length);
            int more = await source.ReadAtLeastAsync(bytes.AsMemory(count), bytes.Length - count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if ((count += more) < bytes.Length)
                CutShort(count, length);
        }

        return ModelReader.Read(bytes);
    }

    private static byte[] Longer(byte[] bytes, int count, int length)
    {
        byte[] longer = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Max(4L * count, Piece), length));
        bytes.AsSpan(0, count).CopyTo(longer);
        return longer;
    }

    private static void CutShort(int count, int length) =>
        Throw.ModelFile($"the stream must hold the {length} bytes of the model, but ends after {count}: it is truncated");

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
