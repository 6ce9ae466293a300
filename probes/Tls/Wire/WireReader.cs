using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Reads big-endian numbers and length-prefixed vectors out of one message; every step checks what is left.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public readonly int Left => _rest.Length;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public int UInt24()
    {
        var three = Take(3);
        return (three[0] << 16) | (three[1] << 8) | three[2];
    }

    /// <exception cref="MalformedFlightException">Fewer bytes are left.</exception>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new MalformedFlightException($"消息在第 {count} 字节之前结束，只剩 {_rest.Length} 字节");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>A vector behind its length in <paramref name="lengthBytes"/> bytes (1–3).</summary>
    public ReadOnlySpan<byte> Vector(int lengthBytes) => Take(lengthBytes switch
    {
        1 => Byte(),
        2 => UInt16(),
        _ => UInt24(),
    });
}

/// <summary>Bytes that call themselves TLS or TLCP and break its rules or this tool's caps; the message says where, for people.</summary>
internal sealed class MalformedFlightException(string message) : Exception(message);
