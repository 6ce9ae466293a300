using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Sixteen words a vector; needs GFNI and AVX-512 F and BW. Its time does not depend on the data.</summary>
internal readonly struct Sm4Gfni512 : ISm4Lanes<Vector512<uint>>
{
    private const byte Xor3Table = 0x96;

    public static int Size => Vector512<byte>.Count;

    public static bool IsLong => false;

    /// <summary>Reverses the four bytes of every word.</summary>
    private static Vector512<byte> Swap => Vector512.Create(0x04050607_00010203UL, 0x0c0d0e0f_08090a0bUL, 0x04050607_00010203UL, 0x0c0d0e0f_08090a0bUL, 0x04050607_00010203UL, 0x0c0d0e0f_08090a0bUL, 0x04050607_00010203UL, 0x0c0d0e0f_08090a0bUL).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Load(ref byte source) => Avx512BW.Shuffle(Vector512.LoadUnsafe(ref source), Swap).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<uint> value, ref byte destination) => Avx512BW.Shuffle(value.AsByte(), Swap).StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Broadcast(uint value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) => Avx512F.TernaryLogic(a, b, c, Xor3Table);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Mix(Vector512<uint> x, Vector512<uint> argument, Vector512<uint> key)
    {
        var inner = Gfni.V512.GaloisFieldAffineTransform((argument ^ key).AsByte(), Vector512.Create(Sm4Affine.Inner).AsByte(), Sm4Affine.InnerConstant);
        var b = Gfni.V512.GaloisFieldAffineTransformInverse(inner, Vector512.Create(Sm4Affine.Outer).AsByte(), Sm4Affine.OuterConstant).AsUInt32();
        var most = Avx512F.TernaryLogic(b, Avx512F.RotateLeft(b, 2), Avx512F.RotateLeft(b, 10), Xor3Table);
        return x ^ Avx512F.TernaryLogic(most, Avx512F.RotateLeft(b, 18), Avx512F.RotateLeft(b, 24), Xor3Table);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> InterleaveLow(Vector512<uint> a, Vector512<uint> b) => Avx512F.UnpackLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> InterleaveHigh(Vector512<uint> a, Vector512<uint> b) => Avx512F.UnpackHigh(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> InterleaveLowPairs(Vector512<uint> a, Vector512<uint> b) =>
        Avx512F.UnpackLow(a.AsUInt64(), b.AsUInt64()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> InterleaveHighPairs(Vector512<uint> a, Vector512<uint> b) =>
        Avx512F.UnpackHigh(a.AsUInt64(), b.AsUInt64()).AsUInt32();
}
