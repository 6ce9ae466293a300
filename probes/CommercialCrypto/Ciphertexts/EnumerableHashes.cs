using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Values of the length of a digest are compared with the digests of what can be counted through: short numbers, dates, common words and passwords,
/// a sample of mobile numbers, the other cells of the row, and what their asterisks can stand for. A hit of 16 bytes is a proof; none says
/// little, as a salt or a larger space hides everything.
/// </summary>
internal sealed class EnumerableHashes(Func<bool> isLate, CancellationToken cancellationToken)
{
    public const string Tried = "六位以内的数字（行数多时六位的抽取二十万个）、1900–2035 年的日期、常用字词与口令、同一行其他列的值以及其中星号所能代替的数字或日期；行数上万时另抽取手机号码";
    private const int Remembered = 200_000;
    private const int RowsBeside = 200;

    /// <summary>Of the seven thousand million; tried where there are rows enough to hit one.</summary>
    private const int MobilesTried = 250_000;
    private const int RowsForMobiles = 10_000;

    /// <summary>Of the million numbers of six digits, where there are so many rows that one of them is among these in 99 cases of 100.</summary>
    private const int LongNumbersTried = 200_000;
    private const int RowsForSampling = 20;
    private const int MostPerCell = 50_000;
    private const int MostBeside = 2_000_000;
    private static readonly DateOnly FirstDay = new(1900, 1, 1);
    private static readonly DateOnly LastDay = new(2035, 12, 31);

    private static readonly string[] Words =
    [
        "男", "女", "男性", "女性", "未知", "是", "否", "有", "无", "未婚", "已婚", "离异", "丧偶", "汉族", "回族", "藏族", "满族", "壮族", "苗族", "维吾尔族", "蒙古族", "群众", "党员", "团员",
        "小学", "初中", "高中", "大专", "本科", "硕士", "博士", "学生", "农民", "工人", "教师", "医生", "A", "B", "AB", "O", "M", "F", "Y", "N", "male", "female", "true", "false", "yes", "no", "null", "",
    ];

    private readonly Dictionary<UInt128, long> _wanted = [];
    private readonly List<(byte[] Start, IReadOnlyList<string> Cells)> _beside = [];
    private readonly HashSet<UInt128> _found = [];
    private readonly SortedSet<long> _rows = [];
    private readonly SortedSet<string> _how = new(StringComparer.Ordinal);
    private IReadOnlyList<NamedDigest> _digests = [];
    private int _length = -1;
    private bool _isDigest = true;

    /// <summary>Different values found.</summary>
    public long Found => _found.Count;

    public IReadOnlyList<long> FirstRows => [.. _rows.Take(5)];

    /// <summary>What they are the digests of, for people.</summary>
    public IReadOnlyList<string> How => [.. _how];

    /// <param name="row">Its number.</param>
    /// <param name="bytes">Decoded value.</param>
    /// <param name="cells">The other cells of the row.</param>
    public void Add(long row, byte[] bytes, IReadOnlyList<string> cells)
    {
        _length = _length < 0 ? bytes.Length : _length;
        _isDigest &= bytes.Length == _length && bytes.Length is 8 or 16 or 20 or 32 or 48 or 64;
        if (!_isDigest)
        {
            return;
        }

        if (_wanted.Count < Remembered)
        {
            _wanted.TryAdd(Start(bytes), row);
        }

        if (_beside.Count < RowsBeside && cells.Count > 0)
        {
            _beside.Add((bytes, cells));
        }
    }

    /// <summary>Goes through everything until the time is up.</summary>
    public void Search()
    {
        if (!_isDigest || _wanted.Count == 0)
        {
            return;
        }

        _digests = [.. NamedDigest.All.Where(d => d.Size == _length || (_length == 16 && d.Size == 32) || (_length == 8 && d.Size == 16))];
        Beside();
        Try("常用字词与口令", [.. Words, .. CommonPasswords.All], twice: true);
        Try("日期", Dates(["yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd"]), twice: false);
        Try("六位以内的数字", Numbers(_wanted.Count < RowsForSampling), twice: false);
        Try("手机号码", Mobiles(_wanted.Count < RowsForMobiles ? 0 : MobilesTried), twice: false);
    }

    private void Beside()
    {
        var tried = 0;
        foreach (var (_, cells) in _beside)
        {
            foreach (var cell in cells.Select(c => c.Trim()).Where(c => c.Length is > 0 and <= 256))
            {
                List<string> candidates = [cell, .. MaskedText.Fill(cell, FirstDay, LastDay).Take(MostPerCell)];
                Try(candidates.Count == 1 ? "同一行其他列的值" : "同一行其他列里带星号的值补全后", candidates, twice: candidates.Count == 1);
                if ((tried += candidates.Count) > MostBeside)
                {
                    return;
                }
            }
        }
    }

    private void Try(string what, IEnumerable<string> candidates, bool twice)
    {
        var n = 0;
        foreach (var candidate in candidates)
        {
            if ((++n & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (isLate())
                {
                    return;
                }
            }

            var bytes = Encoding.UTF8.GetBytes(candidate);
            foreach (var digest in _digests)
            {
                var once = digest.Hash(bytes);
                Compare(once, $"{digest.Name}（{what}）");
                if (twice)
                {
                    Compare(digest.Hash(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(once))), $"{digest.Name} 两次（{what}）");
                }
            }
        }
    }

    private void Compare(byte[] digest, string how)
    {
        // Sixteen digits of MD5 are those in its middle.
        var start = Start(_length == 8 ? digest.AsSpan(4, 8) : digest);
        if (_wanted.TryGetValue(start, out var row) && _found.Add(start))
        {
            _rows.Add(row);
            _how.Add(how);
        }
    }

    private static IEnumerable<string> Numbers(bool all)
    {
        const int longest = 6, stride = 618_033;
        for (var width = 1; width <= longest; width++)
        {
            var space = (int)Math.Pow(10, width);
            for (var n = 0; n < (width < longest || all ? space : LongNumbersTried); n++)
            {
                yield return ((int)((long)n * stride % space)).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
            }
        }
    }

    private static IEnumerable<string> Dates(string[] formats)
    {
        for (var day = FirstDay; day <= LastDay; day = day.AddDays(1))
        {
            foreach (var format in formats)
            {
                yield return day.ToString(format, CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>Spread evenly over 130… to 199….</summary>
    private static IEnumerable<string> Mobiles(int most)
    {
        const long space = 7_000_000_000, first = 13_000_000_000, stride = 2_654_435_761;
        var at = 0L;
        for (var n = 0; n < most; n++)
        {
            at = (at + stride) % space;
            yield return (first + at).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static UInt128 Start(ReadOnlySpan<byte> bytes)
    {
        Span<byte> start = stackalloc byte[16];
        bytes[..Math.Min(bytes.Length, 16)].CopyTo(start);
        return BinaryPrimitives.ReadUInt128LittleEndian(start);
    }
}
