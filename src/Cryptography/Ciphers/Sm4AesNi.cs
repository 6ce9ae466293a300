using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Four words a vector; needs AES-NI and SSSE3. Its time does not depend on the data.</summary>
internal readonly struct Sm4AesNi : ISm4Lanes<Vector128<uint>>
{
    private const int WordBits = 32;

    private static Vector128<byte> Rotate8 => Vector128.Create(0x06050407_02010003UL, 0x0e0d0c0f_0a09080bUL).AsByte();

    private static Vector128<byte> Rotate16 => Vector128.Create(0x05040706_01000302UL, 0x0d0c0f0e_09080b0aUL).AsByte();

    private static Vector128<byte> Rotate24 => Vector128.Create(0x04070605_00030201UL, 0x0c0f0e0d_080b0a09UL).AsByte();

    /// <summary>Undoes ShiftRows (FIPS 197 clause 5.1.2), which AESENCLAST does on the way.</summary>
    internal static Vector128<byte> ShiftRowsBack => Vector128.Create(0x0b0e0104_070a0d00UL, 0x0306090c_0f020508UL).AsByte();

    /// <summary>The map to the input of SubBytes, by the low half of a byte.</summary>
    internal static Vector128<byte> BeforeLow => Vector128.Create(0xb6922e0a_d9fd4165UL, 0xdcf84460_b3972b0fUL).AsByte();

    /// <summary>The map to the input of SubBytes, by the high half of a byte.</summary>
    internal static Vector128<byte> BeforeHigh => Vector128.Create(0x2ee74980_ae67c900UL, 0x64ad03ca_e42d834aUL).AsByte();

    /// <summary>The map from its output, by the low half of a byte.</summary>
    internal static Vector128<byte> AfterLow => Vector128.Create(0x51dbba30_4ec4a52fUL, 0xb43e5fd5_ab2140caUL).AsByte();

    /// <summary>The map from its output, by the high half of a byte.</summary>
    internal static Vector128<byte> AfterHigh => Vector128.Create(0xcd9dd989_44145000UL, 0x13430757_9aca8edeUL).AsByte();

    public static int Size => Vector128<byte>.Count;

    public static bool IsLong => true;

    /// <summary>Reverses the four bytes of every word.</summary>
    private static Vector128<byte> Swap => Vector128.Create(0x04050607_00010203UL, 0x0c0d0e0f_08090a0bUL).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Load(ref byte source) => Ssse3.Shuffle(Vector128.LoadUnsafe(ref source), Swap).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<uint> value, ref byte destination) => Ssse3.Shuffle(value.AsByte(), Swap).StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Broadcast(uint value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Xor(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c) => a ^ b ^ c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> Mix(Vector128<uint> x, Vector128<uint> argument, Vector128<uint> key)
    {
        var inner = LookUp((argument ^ key).AsByte(), BeforeLow, BeforeHigh);
        var substituted = Aes.EncryptLast(Ssse3.Shuffle(inner, ShiftRowsBack), Vector128<byte>.Zero);
        return Spread(x, LookUp(substituted, AfterLow, AfterHigh).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> LookUp(Vector128<byte> value, Vector128<byte> low, Vector128<byte> high)
    {
        var nibble = Vector128.Create((byte)0x0f);
        var above = Vector128.ShiftRightLogical(value.AsUInt32(), 4).AsByte() & nibble;
        return Ssse3.Shuffle(low, value & nibble) ^ Ssse3.Shuffle(high, above);
    }

    /// <summary>x + L(b): whole-byte rotations are shuffles, and L(b) = b + b⋘24 + (b + b⋘8 + b⋘16)⋘2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Spread(Vector128<uint> x, Vector128<uint> b)
    {
        var bytes = b.AsByte();
        var inner = b ^ Ssse3.Shuffle(bytes, Rotate8).AsUInt32() ^ Ssse3.Shuffle(bytes, Rotate16).AsUInt32();
        var turned = Vector128.ShiftLeft(inner, 2) | Vector128.ShiftRightLogical(inner, WordBits - 2);
        return x ^ b ^ turned ^ Ssse3.Shuffle(bytes, Rotate24).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> InterleaveLow(Vector128<uint> a, Vector128<uint> b) => Sse2.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> InterleaveHigh(Vector128<uint> a, Vector128<uint> b) => Sse2.UnpackHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> InterleaveLowPairs(Vector128<uint> a, Vector128<uint> b) =>
        Sse2.UnpackLow(a.AsUInt64(), b.AsUInt64()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> InterleaveHighPairs(Vector128<uint> a, Vector128<uint> b) =>
        Sse2.UnpackHigh(a.AsUInt64(), b.AsUInt64()).AsUInt32();
}
