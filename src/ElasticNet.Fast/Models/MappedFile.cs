using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace ElasticNet.Fast.Models;

/// <summary>
/// A file in memory, read only. Every use counts a reference on the handle of the map, so that disposing it while
/// another thread reads unmaps only after that thread is done.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly SafeMemoryMappedViewHandle _handle;
    private readonly long _offset;
    private readonly int _length;

    private MappedFile(MemoryMappedViewAccessor view, int length)
    {
        _view = view;
        _handle = view.SafeMemoryMappedViewHandle;
        _offset = view.PointerOffset;
        _length = length;
    }

    /// <summary>Maps a file that is not empty. The file itself is closed at once; the map keeps its pages.</summary>
    public static MappedFile Map(FileStream file, int length)
    {
        using MemoryMappedFile source = MemoryMappedFile.CreateFromFile(
            file, mapName: null, length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new MappedFile(source.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
    }

    /// <summary>The bytes of the file, which stay until <see cref="Release"/>.</summary>
    /// <exception cref="ObjectDisposedException">The map was disposed.</exception>
    public ReadOnlySpan<byte> Acquire()
    {
        byte* start = null;
        _handle.AcquirePointer(ref start);
        return new ReadOnlySpan<byte>(start + _offset, _length);
    }

    /// <summary>Ends what <see cref="Acquire"/> began.</summary>
    public void Release() => _handle.ReleasePointer();

    /// <inheritdoc/>
    public void Dispose() => _view.Dispose();
}
