using System.Diagnostics.CodeAnalysis;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Arithmetic on 32-bit words of several messages side by side: element i of a vector belongs to lane i.</summary>
/// <typeparam name="TVector">One word of every lane.</typeparam>
internal interface ILaneArithmetic<TVector>
    where TVector : struct
{
    /// <summary>Messages side by side.</summary>
    static abstract int Lanes { get; }

    /// <summary>Whether sixteen vectors and what a round needs beside them have registers.</summary>
    static abstract bool HoldsTwoStates { get; }

    static abstract TVector Load(ref uint source);

    static abstract void Store(TVector value, ref uint destination);

    static abstract TVector Broadcast(uint value);

    static abstract TVector Add(TVector a, TVector b);

    static abstract TVector Xor(TVector a, TVector b);

    static abstract TVector Xor(TVector a, TVector b, TVector c);

    static abstract TVector Majority(TVector a, TVector b, TVector c);

    /// <summary>Bits of <paramref name="whenSet"/> where the mask has ones, of <paramref name="whenClear"/> elsewhere.</summary>
    static abstract TVector Choose(TVector mask, TVector whenSet, TVector whenClear);

    static abstract TVector RotateLeft(TVector value, [ConstantExpected] byte count);

    static abstract TVector ShiftRight(TVector value, [ConstantExpected] byte count);

    /// <summary>Reads one 64-byte block of every lane as 16 big-endian words and writes 16 vectors, word after word.</summary>
    /// <param name="data">Base of all lanes.</param>
    /// <param name="offsets">Where each lane's block begins, in bytes from <paramref name="data"/>.</param>
    /// <param name="advance">Added to every offset, in bytes.</param>
    /// <param name="words">Receives 16 × lanes words.</param>
    static abstract void Transpose(ref byte data, ref int offsets, int advance, ref uint words);
}
