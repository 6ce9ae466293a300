using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Every value of a column under the combination that was found on some of them.</summary>
/// <param name="working">The combination.</param>
/// <param name="isLate">Time is up.</param>
internal sealed class OpenedTally(WorkingDecryption working, Func<bool> isLate)
{
    private const int Remembered = 1_500_000;
    private const int FirstRows = 5;

    private readonly HashSet<UInt128> _plaintexts = [];
    private readonly Dictionary<UInt128, bool> _fronts = [];
    private readonly List<long> _first = [];
    private long _opened;
    private long _unopened;
    private long _untried;
    private long _repeated;

    public bool IsPublic => working.Key.IsPublic;

    private bool IsGuessable => working.Key.IsGuessable;

    public long Opened => _opened;

    /// <param name="row">Its number.</param>
    /// <param name="bytes">Null where the value is too long to be looked at.</param>
    /// <returns>What it was decrypted to; null where it was not.</returns>
    public byte[]? Add(long row, byte[]? bytes)
    {
        if (bytes is null or { Length: > DecryptionTrial.LongestOpened } || isLate())
        {
            _untried++;
            return null;
        }

        if (working.Open(bytes) is not { } plain)
        {
            _unopened++;
            if (_first.Count < FirstRows)
            {
                _first.Add(row);
            }

            return null;
        }

        _opened++;
        if (_plaintexts.Count < Remembered)
        {
            _plaintexts.Add(Key(plain));
        }

        Front(bytes);
        return plain;
    }

    public DecryptionFound Found() => working.Found with
    {
        Combination = working.Found.Combination + (IsGuessable && !IsPublic ? "（不足 80 比特，可以猜出，不作证明）" : ""),
        OpenedRows = _opened,
        UnopenedRows = _unopened,
        UntriedRows = _untried,
        FirstUnopened = _first,
        DistinctPlaintexts = _plaintexts.Count,
        RepeatedIvRows = working.FrontBytes > 0 ? _repeated : default(Model.Fact<long>),
        ProvesColumn = !IsGuessable && _unopened == 0 && _untried == 0 && _opened > 0 && (_opened == 1 || _plaintexts.Count > 1) ? true : default(Model.Fact<bool>),
    };

    private void Front(byte[] bytes)
    {
        if (working.FrontBytes == 0 || bytes.Length < working.FrontBytes)
        {
            return;
        }

        var front = Key(bytes.AsSpan(0, working.FrontBytes));
        if (_fronts.TryGetValue(front, out var counted))
        {
            _repeated += counted ? 1 : 2;
            _fronts[front] = true;
        }
        else if (_fronts.Count < Remembered)
        {
            _fronts[front] = false;
        }
    }

    private static UInt128 Key(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(bytes));
}
