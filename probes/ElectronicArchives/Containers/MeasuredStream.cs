namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// Gives as many bytes as were declared and never more. With the last of them it looks whether the source ends there and whether the
/// CRC-32 is the declared one; where it is not, that read throws.
/// </summary>
internal sealed class MeasuredStream : Stream
{
    private readonly Stream _inner;
    private readonly string _path;
    private readonly long _length;
    private readonly uint? _crc;
    private readonly Func<bool>? _isUsedUp;
    private readonly Crc32 _seen = new();
    private long _at;
    private bool _isEnded;

    /// <param name="inner">Disposed with this.</param>
    /// <param name="path">Of the entry, for faults.</param>
    /// <param name="length">As declared.</param>
    /// <param name="crc">As declared; null where nothing is.</param>
    /// <param name="isUsedUp">Whether everything packed was needed; null where the content is not packed.</param>
    /// <exception cref="ContainerException">Declared as empty, and is not.</exception>
    public MeasuredStream(Stream inner, string path, long length, uint? crc, Func<bool>? isUsedUp)
    {
        (_inner, _path, _length, _crc, _isUsedUp) = (inner, path, length, crc, isUsedUp);
        if (length == 0)
        {
            End();
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => _length;

    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_isEnded || buffer.IsEmpty)
        {
            return 0;
        }

        var read = Inner(buffer[..(int)Math.Min(buffer.Length, _length - _at)]);
        if (read == 0)
        {
            throw Trouble(ContainerFaultKind.WrongLength, $"声明 {_length} 字节，实际只有 {_at} 字节");
        }

        _at += read;
        if (_crc is not null)
        {
            _seen.Append(buffer[..read]);
        }

        if (_at == _length)
        {
            End();
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        _isEnded = true;
        Span<byte> one = stackalloc byte[1];
        if (Inner(one) > 0)
        {
            throw Trouble(ContainerFaultKind.WrongLength, $"声明 {_length} 字节，实际更长");
        }

        if (_isUsedUp is not null && !_isUsedUp())
        {
            throw Trouble(ContainerFaultKind.WrongLength, "压缩数据在声明的压缩后长度之前就已结束，其后还有数据");
        }

        if (_crc is { } crc && crc != _seen.Value)
        {
            throw Trouble(ContainerFaultKind.WrongCrc, $"声明 {crc:x8}，实际 {_seen.Value:x8}");
        }
    }

    private int Inner(Span<byte> buffer)
    {
        try
        {
            return _inner.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw Trouble(ContainerFaultKind.WrongCrc, $"压缩数据已损坏（读到 {_at} 字节处）");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Trouble(ContainerFaultKind.Unreadable, trouble.Message);
        }
    }

    private ContainerException Trouble(ContainerFaultKind kind, string detail)
    {
        _isEnded = true;
        return new ContainerException(new ContainerFault(kind, _path, detail));
    }
}
