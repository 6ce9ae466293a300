using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Turns a file of any size into packed bits, first bit in the top of the first byte, holding one buffer of it.</summary>
internal sealed class BitDecoder : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly Stream _stream;
    private readonly SampleFormat _format;
    private readonly SampleBitOrder _order;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _at;
    private int _filled;
    private long _before;
    private uint _pending;
    private int _pendingBits;
    private bool _lastWasZero;
    private bool _ended;

    public BitDecoder(Stream stream, SampleFormat format, SampleBitOrder order)
    {
        (_stream, _format, _order) = (stream, format, order);
    }

    /// <summary>Bits that were read and do not fill a byte; known at the end.</summary>
    public int LooseBits => _pendingBits;

    /// <summary>Fills a buffer as far as the file goes.</summary>
    /// <returns>Bytes filled; fewer than asked for at the end of the file only.</returns>
    /// <exception cref="UnableException">A character that does not belong to the format, or the file cannot be read on.</exception>
    public async Task<int> FillAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        var done = 0;
        while (done < target.Length && (_at < _filled || await ReadOnAsync(cancellationToken)))
        {
            done += Decode(target.Span[done..]);
        }

        return done;
    }

    public void Dispose() => _stream.Dispose();

    private async Task<bool> ReadOnAsync(CancellationToken cancellationToken)
    {
        try
        {
            _before += _filled;
            _filled = await _stream.ReadAtLeastAsync(_buffer, BufferSize, throwOnEndOfStream: false, cancellationToken);
            _at = _before == 0 && _format != SampleFormat.Binary ? _filled - SampleShape.WithoutMark(_buffer.AsSpan(0, _filled)).Length : 0;
            return _filled > 0;
        }
        catch (IOException trouble)
        {
            throw new UnableException(FailureKind.BadInput, $"读到第 {_before} 字节时出错", trouble);
        }
    }

    private int Decode(Span<byte> target)
    {
        if (_format != SampleFormat.Binary)
        {
            return DecodeText(target);
        }

        var count = Math.Min(target.Length, _filled - _at);
        _buffer.AsSpan(_at, count).CopyTo(target);
        _at += count;
        InOrder(target[..count]);
        return count;
    }

    private int DecodeText(Span<byte> target)
    {
        var done = 0;
        while (done < target.Length && _at < _filled)
        {
            Take(_buffer[_at++]);
            if (_pendingBits >= 8)
            {
                _pendingBits -= 8;
                target[done++] = (byte)(_pending >> _pendingBits);
            }
        }

        if (_format != SampleFormat.Ascii01)
        {
            InOrder(target[..done]);
        }

        return done;
    }

    private void Take(byte character)
    {
        if (SampleShape.IsBlank(character))
        {
            _lastWasZero = false;
            return;
        }

        var (value, bits) = _format switch
        {
            SampleFormat.Ascii01 => (character is (byte)'0' or (byte)'1' ? character - '0' : character == ',' ? -2 : -1, 1),
            SampleFormat.Hex => (Hex(character), 4),
            _ => (Base64(character), 6),
        };
        if (value == -1 || (_ended && value >= 0))
        {
            throw new UnableException(FailureKind.BadInput, $"第 {_before + _at} 个字节（0x{character:X2}）{(_ended ? "在 Base64 结尾的 = 之后" : $"不是{Expected()}")}");
        }

        if (value >= 0)
        {
            _pending = (_pending << bits) | (uint)value;
            _pendingBits += bits;
        }

        _lastWasZero = character == '0';
    }

    /// <returns>The value; −2 for what is passed over; −1 for what does not belong.</returns>
    private int Hex(byte character)
    {
        // The zero of a leading 0x has been taken for a digit.
        if (character is (byte)'x' or (byte)'X' && _lastWasZero && _pendingBits >= 4)
        {
            _pendingBits -= 4;
            _pending >>= 4;
            return -2;
        }

        return char.IsAsciiHexDigit((char)character) ? (character & 0xF) + (character > '9' ? 9 : 0)
            : character is (byte)',' or (byte)':' or (byte)';' or (byte)'-' ? -2 : -1;
    }

    private int Base64(byte character)
    {
        switch ((char)character)
        {
            case >= 'A' and <= 'Z':
                return character - 'A';
            case >= 'a' and <= 'z':
                return character - 'a' + 26;
            case >= '0' and <= '9':
                return character - '0' + 52;
            case '+':
                return 62;
            case '/':
                return 63;
            case '=':
                // The bits behind the last whole byte are padding.
                (_ended, _pendingBits) = (true, 0);
                return -2;
            default:
                return -1;
        }
    }

    private string Expected() => _format switch
    {
        SampleFormat.Ascii01 => " 0、1 或空白",
        SampleFormat.Hex => "十六进制数字或空白",
        _ => " Base64 字符或换行",
    };

    private void InOrder(Span<byte> bytes)
    {
        if (_order == SampleBitOrder.Msb)
        {
            return;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            // Shift-and-mask reversal of the eight bits.
            int b = bytes[i];
            b = ((b & 0xF0) >> 4) | ((b & 0x0F) << 4);
            b = ((b & 0xCC) >> 2) | ((b & 0x33) << 2);
            bytes[i] = (byte)(((b & 0xAA) >> 1) | ((b & 0x55) << 1));
        }
    }
}
