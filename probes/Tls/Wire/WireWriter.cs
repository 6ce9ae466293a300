using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Appends big-endian numbers and length-prefixed vectors (RFC 8446 §3.4).</summary>
internal sealed class WireWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public void Byte(byte value) => _bytes.Add(value);

    public void UInt16(ushort value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, value);
        _bytes.AddRange(two);
    }

    public void Bytes(ReadOnlySpan<byte> value) => _bytes.AddRange(value);

    /// <summary>Writes what <paramref name="content"/> writes behind its length in <paramref name="lengthBytes"/> bytes (1–3).</summary>
    public void Vector(int lengthBytes, Action<WireWriter> content)
    {
        var at = _bytes.Count;
        for (var i = 0; i < lengthBytes; i++)
        {
            _bytes.Add(0);
        }

        content(this);
        var length = _bytes.Count - at - lengthBytes;
        for (var i = lengthBytes - 1; i >= 0; i--)
        {
            _bytes[at + i] = (byte)length;
            length >>= 8;
        }
    }

    public byte[] ToArray() => [.. _bytes];
}
