using Microsoft.Win32.SafeHandles;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Bytes that can be read anywhere, by several readers at once. Reads beyond the end give fewer bytes.</summary>
internal abstract class ByteSource : IDisposable
{
    public abstract long Length { get; }

    /// <exception cref="IOException">The medium cannot be read.</exception>
    public abstract int Read(long offset, Span<byte> into);

    public static ByteSource Of(string path) => new FileBytes(RegularFile.Open(path, out var length), length);

    public static ByteSource Of(ReadOnlyMemory<byte> bytes) => new MemoryBytes(bytes);

    /// <summary>A stream that can seek; stays open when this is disposed.</summary>
    public static ByteSource Of(Stream stream) => new StreamBytes(stream);

    /// <summary>A piece of another one, which is not disposed with it.</summary>
    public static ByteSource Of(ByteSource whole, long start, long length) => new Piece(whole, start, length);

    /// <summary>Fills as much as there is.</summary>
    /// <returns>How many bytes; fewer than asked for at the end.</returns>
    public int ReadFully(long offset, Span<byte> into)
    {
        var filled = 0;
        while (filled < into.Length && Read(offset + filled, into[filled..]) is var read and > 0)
        {
            filled += read;
        }

        return filled;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class FileBytes(SafeFileHandle handle, long length) : ByteSource
    {
        public override long Length => length;

        public override int Read(long offset, Span<byte> into) => offset >= length || offset < 0 ? 0 : RandomAccess.Read(handle, into, offset);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                handle.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class MemoryBytes(ReadOnlyMemory<byte> bytes) : ByteSource
    {
        public override long Length => bytes.Length;

        public override int Read(long offset, Span<byte> into)
        {
            if (offset >= bytes.Length || offset < 0)
            {
                return 0;
            }

            var piece = bytes.Span[(int)offset..];
            piece = piece[..Math.Min(piece.Length, into.Length)];
            piece.CopyTo(into);
            return piece.Length;
        }
    }

    private sealed class Piece(ByteSource whole, long start, long length) : ByteSource
    {
        public override long Length => length;

        public override int Read(long offset, Span<byte> into) =>
            offset >= length || offset < 0 ? 0 : whole.Read(start + offset, into[..(int)Math.Min(into.Length, length - offset)]);
    }

    private sealed class StreamBytes(Stream stream) : ByteSource
    {
        private readonly Lock _gate = new();

        public override long Length { get; } = stream.Length;

        public override int Read(long offset, Span<byte> into)
        {
            if (offset >= Length || offset < 0)
            {
                return 0;
            }

            lock (_gate)
            {
                stream.Position = offset;
                return stream.Read(into);
            }
        }
    }
}
