using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Managed bytes that begin on a cache line, so that no vector load straddles two. Their first content is arbitrary.</summary>
internal sealed class AlignedBytes
{
    private const int Alignment = 64;
    private readonly byte[] _bytes;
    private readonly int _start;
    private readonly int _length;

    public AlignedBytes(int length)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(length + Alignment, pinned: true);
        var address = Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        _start = (int)((Alignment - (address % Alignment)) % Alignment);
        _length = length;
    }

    public Span<byte> Span => _bytes.AsSpan(_start, _length);
}
