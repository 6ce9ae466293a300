using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Eight words a vector; needs AES-NI and AVX2. Constants are those of <see cref="Sm4AesNi"/>, written out twice. Its time does not depend on the data.</summary>
internal readonly struct Sm4AesAvx2 : ISm4Lanes<Vector256<uint>>
{
    private const int WordBits = 32;

    private static Vector256<byte> Rotate8 => Vector256.Create(0x06050407_02010003UL, 0x0e0d0c0f_0a09080bUL, 0x06050407_02010003UL, 0x0e0d0c0f_0a09080bUL).AsByte();

    private static Vector256<byte> Rotate16 => Vector256.Create(0x05040706_01000302UL, 0x0d0c0f0e_09080b0aUL, 0x05040706_01000302UL, 0x0d0c0f0e_09080b0aUL).AsByte();

    private static Vector256<byte> Rotate24 => Vector256.Create(0x04070605_00030201UL, 0x0c0f0e0d_080b0a09UL, 0x04070605_00030201UL, 0x0c0f0e0d_080b0a09UL).AsByte();

    private static Vector256<byte> ShiftRowsBack => Vector256.Create(0x0b0e0104_070a0d00UL, 0x0306090c_0f020508UL, 0x0b0e0104_070a0d00UL, 0x0306090c_0f020508UL).AsByte();

    private static Vector256<byte> BeforeLow => Vector256.Create(0xb6922e0a_d9fd4165UL, 0xdcf84460_b3972b0fUL, 0xb6922e0a_d9fd4165UL, 0xdcf84460_b3972b0fUL).AsByte();

    private static Vector256<byte> BeforeHigh => Vector256.Create(0x2ee74980_ae67c900UL, 0x64ad03ca_e42d834aUL, 0x2ee74980_ae67c900UL, 0x64ad03ca_e42d834aUL).AsByte();

    private static Vector256<byte> AfterLow => Vector256.Create(0x51dbba30_4ec4a52fUL, 0xb43e5fd5_ab2140caUL, 0x51dbba30_4ec4a52fUL, 0xb43e5fd5_ab2140caUL).AsByte();

    private static Vector256<byte> AfterHigh => Vector256.Create(0xcd9dd989_44145000UL, 0x13430757_9aca8edeUL, 0xcd9dd989_44145000UL, 0x13430757_9aca8edeUL).AsByte();

    public static int Size => Vector256<byte>.Count;

    public static bool IsLong => true;

    /// <summary>Reverses the four bytes of every word.</summary>
    private static Vector256<byte> Swap => Vector256.Create(0x04050607_00010203UL, 0x0c0d0e0f_08090a0bUL, 0x04050607_00010203UL, 0x0c0d0e0f_08090a0bUL).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Load(ref byte source) => Avx2.Shuffle(Vector256.LoadUnsafe(ref source), Swap).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<uint> value, ref byte destination) => Avx2.Shuffle(value.AsByte(), Swap).StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Broadcast(uint value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) => a ^ b ^ c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Mix(Vector256<uint> x, Vector256<uint> argument, Vector256<uint> key)
    {
        var inner = Avx2.Shuffle(LookUp((argument ^ key).AsByte(), BeforeLow, BeforeHigh), ShiftRowsBack);
        var substituted = Vector256.Create(
            Aes.EncryptLast(inner.GetLower(), Vector128<byte>.Zero), Aes.EncryptLast(inner.GetUpper(), Vector128<byte>.Zero));
        return Spread(x, LookUp(substituted, AfterLow, AfterHigh).AsUInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(Vector256<byte> value, Vector256<byte> low, Vector256<byte> high)
    {
        var nibble = Vector256.Create((byte)0x0f);
        var above = Vector256.ShiftRightLogical(value.AsUInt32(), 4).AsByte() & nibble;
        return Avx2.Shuffle(low, value & nibble) ^ Avx2.Shuffle(high, above);
    }

    /// <summary>x + L(b): whole-byte rotations are shuffles, and L(b) = b + b⋘24 + (b + b⋘8 + b⋘16)⋘2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Spread(Vector256<uint> x, Vector256<uint> b)
    {
        var bytes = b.AsByte();
        var inner = b ^ Avx2.Shuffle(bytes, Rotate8).AsUInt32() ^ Avx2.Shuffle(bytes, Rotate16).AsUInt32();
        var turned = Vector256.ShiftLeft(inner, 2) | Vector256.ShiftRightLogical(inner, WordBits - 2);
        return x ^ b ^ turned ^ Avx2.Shuffle(bytes, Rotate24).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> InterleaveLow(Vector256<uint> a, Vector256<uint> b) => Avx2.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> InterleaveHigh(Vector256<uint> a, Vector256<uint> b) => Avx2.UnpackHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> InterleaveLowPairs(Vector256<uint> a, Vector256<uint> b) =>
        Avx2.UnpackLow(a.AsUInt64(), b.AsUInt64()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> InterleaveHighPairs(Vector256<uint> a, Vector256<uint> b) =>
        Avx2.UnpackHigh(a.AsUInt64(), b.AsUInt64()).AsUInt32();
}
