namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// A piece of a source as a stream. Gives the last byte alone: an inflater that ends before it asks for that byte shows that the piece is
/// longer than what is packed in it, for the inflater itself does not say how much it took.
/// </summary>
internal sealed class ByteRangeStream(ByteSource source, long start, long length) : Stream
{
    private long _at;

    public bool IsAtEnd => _at == length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var left = length - _at;
        var want = left > 1 ? left - 1 : left;
        var read = source.Read(start + _at, buffer[..(int)Math.Min(buffer.Length, want)]);
        _at += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
