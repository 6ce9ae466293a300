using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Everything counted of one column while its values pass.</summary>
/// <param name="name">Of the column.</param>
/// <param name="neighbours">The other cells of its rows; null where there are none.</param>
/// <param name="hashes">Looks whether values are digests of what can be counted through; null where they are files.</param>
internal sealed class CiphertextTally(string name, NeighbourCells? neighbours = null, EnumerableHashes? hashes = null)
{
    private const int FirstRows = 5;

    /// <summary>Different values below which an equal beginning says nothing.</summary>
    private const int FewestForPrefix = 8;

    /// <summary>One doubtful value among so many is chance.</summary>
    private const int ChanceRows = 50;

    private static readonly ValueNature[] Shapeless = [ValueNature.BlockLike, ValueNature.Unstructured];

    private readonly Dictionary<ValueNature, (long Rows, List<long> First)> _natures = [];
    private readonly Dictionary<TextPattern, long> _patterns = [];
    private readonly BlockTally _blocks = new();
    private readonly ByteTally _bytes = new();
    private readonly SimpleMasks _masks = new();
    private readonly EnumerableHashes? _hashes = hashes;
    private readonly List<byte[]> _samples = [];
    private OpenedTally? _opened;
    private int? _tried;
    private long _doubtful;
    private long _rows;
    private long _empty;

    /// <returns>Null where there is no value.</returns>
    private ValueReading? Read(long row, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            _empty++;
            return null;
        }

        var reading = ValueReadings.Read(value);
        if (reading.Nature == ValueNature.PlainText && reading.Pattern is TextPattern.Number or TextPattern.Words or TextPattern.Date)
        {
            _masks.Add(value);
        }

        Add(row, reading, value);
        return reading;
    }

    /// <param name="row">Its number.</param>
    /// <param name="reading">What the value is.</param>
    /// <param name="written">Null where it is bytes.</param>
    public void Add(long row, ValueReading reading, string? written = null)
    {
        _rows++;
        Count(reading.Nature, row);
        _doubtful += reading.IsDoubtful ? 1 : 0;
        if (reading.Pattern is { } pattern)
        {
            _patterns[pattern] = _patterns.GetValueOrDefault(pattern) + 1;
        }

        if (reading.Nature is ValueNature.BlockLike or ValueNature.Unstructured or ValueNature.Sm2Shape or ValueNature.TooShort)
        {
            var isNew = _blocks.Add(reading.Bytes);
            if (isNew && reading.Nature is not (ValueNature.Sm2Shape or ValueNature.TooShort))
            {
                _bytes.Add(reading.Bytes);
                _masks.Add(written, reading.Bytes);
            }

            if (isNew && _samples.Count < DecryptionTrial.Values && reading.Bytes.Length <= DecryptionTrial.LongestValue)
            {
                _samples.Add(reading.Bytes);
            }
        }
    }

    /// <summary>Looks for what opens the values; every value is to be given to <see cref="Open(TableRow, string?)"/> afterwards where this is true.</summary>
    public bool FindKey(DecryptionTrial trial, Func<bool> isLate)
    {
        var before = trial.Tried;
        _opened = trial.Find(_samples) is { } working ? new OpenedTally(working, isLate) : null;
        _tried = trial.HasKey && _samples.Count > 0 ? trial.Tried - before : null;
        return _opened is not null;
    }

    public void Add(TableRow row, string? value)
    {
        if (Read(row.Number, value) is not { } reading)
        {
            return;
        }

        neighbours?.Add(row);
        if (_hashes is not null && reading.Nature is ValueNature.BlockLike or ValueNature.Unstructured)
        {
            _hashes.Add(row.Number, reading.Bytes, neighbours?.Others(row) ?? []);
        }
    }

    public void Open(TableRow row, string? value)
    {
        if (_opened is not null && !string.IsNullOrWhiteSpace(value))
        {
            var reading = ValueReadings.Read(value);
            if (_opened.Add(row.Number, reading.Bytes.Length > 0 ? reading.Bytes : BinaryText.Decode(value)?.Bytes ?? []) is { } plain)
            {
                neighbours?.Compare(row, plain);
            }
        }
    }

    /// <param name="bytes">Null where the value is too long.</param>
    public void Open(long row, byte[]? bytes) => _opened?.Add(row, bytes);

    public CiphertextColumn Column(bool whole)
    {
        var isProven = _opened?.Found().ProvesColumn.IsKnown == true;
        if (!isProven)
        {
            Unmask();
        }

        var complete = whole && !_blocks.IsFull;
        var found = _opened?.Found();
        var prefix = _blocks.DistinctValues >= FewestForPrefix ? _blocks.PrefixBytes : (int?)null;
        var bytes = _bytes.Distribution(prefix ?? 0);
        var column = new CiphertextColumn
        {
            Name = name,
            Rows = _rows,
            EmptyRows = _empty,
            ReadWholly = whole,
            Natures = [.. _natures.Select(n => new NatureCount { Nature = n.Key, Rows = n.Value.Rows, FirstRows = n.Value.First }).OrderByDescending(n => n.Rows).ThenBy(n => n.Nature)],
            UnprotectedRows = Unprotected(whole),
            Masks = isProven ? [] : Masks,
            PublicKeyRows = _opened is { IsPublic: true } known ? known.Opened : 0,
            KeyBesideRows = neighbours?.KeyRows ?? 0L,
            ClearBesideRows = neighbours?.ClearRows ?? 0L,
            BesideIn = neighbours?.SeenIn ?? [],
            Patterns = [.. _patterns.Select(p => new PatternCount { Pattern = p.Key, Rows = p.Value }).OrderByDescending(p => p.Rows).ThenBy(p => p.Pattern)],
            Sm2Rows = Of(ValueNature.Sm2Shape),
            BlockRows = Of(ValueNature.BlockLike),
            EcbRows = Seen(_blocks.EcbRows, complete && _blocks.MultiBlockRows >= 2),
            EqualRows = Seen(_blocks.EqualRows, complete && _blocks.DistinctValues >= 2),
            FixedPrefixBytes = prefix is { } common ? common : default(Fact<int>),
            Bytes = bytes is null ? default : new(bytes),
            DecryptionMatched = _tried is null ? default(Fact<bool>) : _opened is { IsPublic: false },
            Decryption = found is null ? default : new(found),
            DecryptionWords = found is not null ? Opened(found) : _tried is { } tried ? $"试过 {tried} 种组合，未解开" : default(Fact<string>),
            CombinationsTried = _tried ?? default(Fact<int>),
        };
        return column with { Note = Sentence(column) };
    }

    private static string Sentence(CiphertextColumn seen)
    {
        List<string> parts = [$"{seen.Name} 共 {seen.Rows} 行"];
        Say("不用密钥可读出", seen.UnprotectedRows, "行");
        if (seen.UnprotectedRows is { IsKnown: true, Value: > 0 })
        {
            parts[^1] += $"（最早是第 {string.Join("、", ReadableFirst(seen))} 行{(seen.Masks.Count > 0 ? $"；{string.Join("、", seen.Masks)}" : "")}）";
        }

        if (seen.BesideIn.Count > 0)
        {
            parts.Add($"同一行的别的列（{string.Join("、", seen.BesideIn)}）里有明文 {Number(seen.ClearBesideRows)} 行、有密钥 {Number(seen.KeyBesideRows)} 行");
        }

        if (seen.EmptyRows > 0)
        {
            parts.Add($"另有 {seen.EmptyRows} 行没有值");
        }

        Say("有 ECB 特征", seen.EcbRows, "行");
        Say("与他行相同", seen.EqualRows, "行");
        parts.Add(seen.FixedPrefixBytes.IsKnown ? $"相同前缀 {seen.FixedPrefixBytes.Value} 字节" : "相同前缀未知");
        parts.Add(seen.Bytes.IsKnown ? $"字节分布{(seen.Bytes.Value.LooksUniform ? "近似均匀" : "有偏")}（P={seen.Bytes.Value.P}，可发现 {seen.Bytes.Value.SmallestDeficitSeen} 比特/字节以上的熵缺）" : "字节太少，未检验分布");
        parts.Add(seen.DecryptionWords.IsKnown ? seen.DecryptionWords.Value : "没有测试密钥");
        return string.Join("，", parts);

        static string Number(Fact<long> count) => count.IsKnown ? $"{count.Value}" : "未知";

        void Say(string what, Fact<long> count, string unit) => parts.Add(count.IsKnown ? $"{what} {count.Value} {unit}" : $"{what}的行数未知");
    }

    private static IEnumerable<long> ReadableFirst(CiphertextColumn seen) =>
        seen.Natures.Where(n => n.Nature is ValueNature.PlainText or ValueNature.EncodedText or ValueNature.Compressed or ValueNature.KnownFormat or ValueNature.SimpleMask or ValueNature.TextWithin or ValueNature.EnumerableHash)
            .SelectMany(n => n.FirstRows).Order().Take(FirstRows);

    private static string Opened(DecryptionFound found) =>
        $"解密成功的组合：{found.Combination}，解开 {found.OpenedRows} 行（不同明文 {found.DistinctPlaintexts} 种）"
        + (found.UnopenedRows > 0 ? $"，没有解开 {found.UnopenedRows} 行（最早是第 {string.Join("、", found.FirstUnopened)} 行）" : "")
        + (found.UntriedRows > 0 ? $"，因大小或时间没有试 {found.UntriedRows} 行" : "")
        + (found.IvIsFixed ? "，初始向量固定或没有" : found.RepeatedIvRows is { IsKnown: true, Value: > 0 } repeated ? $"，初始向量与他行相同 {repeated.Value} 行" : "");

    /// <summary>
    /// Too short values may be anything, and some short ones become text by chance: either leaves "none" unsaid. A few doubtful ones beside many
    /// others are what chance brings; many are no chance.
    /// </summary>
    private Fact<long> Unprotected(bool whole)
    {
        var unprotected = Of(ValueNature.PlainText) + Of(ValueNature.EncodedText) + Of(ValueNature.Compressed) + Of(ValueNature.KnownFormat) + Of(ValueNature.SimpleMask) + Of(ValueNature.TextWithin) + Of(ValueNature.EnumerableHash);
        if (unprotected == _doubtful && _doubtful * ChanceRows < _rows)
        {
            unprotected = 0;
        }

        return Seen(unprotected, whole && _rows > 0 && Of(ValueNature.TooShort) == 0 && _doubtful == 0);
    }

    /// <summary>What one mask explains for the whole column, and what is text or a known digest once undone, is no ciphertext.</summary>
    private void Unmask()
    {
        if (_masks.IsTextMask)
        {
            Move([ValueNature.PlainText], ValueNature.SimpleMask, long.MaxValue, []);
        }

        _hashes?.Search();
        Move(Shapeless, ValueNature.SimpleMask, _masks.ExplainsAll ? long.MaxValue : _masks.Readable, []);
        Move(Shapeless, ValueNature.EnumerableHash, _hashes?.Found ?? 0, _hashes?.FirstRows ?? []);
    }

    private List<string> Masks => [.. _masks.Names, .. (_hashes?.How ?? []).Select(h => $"不带密钥的杂凑 {h}"), .. Of(ValueNature.TextWithin) > 0 ? new[] { "夹有可读文字" } : []];

    private void Move(IReadOnlyList<ValueNature> from, ValueNature to, long most, IReadOnlyList<long> first)
    {
        foreach (var nature in from)
        {
            if (most > 0 && _natures.TryGetValue(nature, out var held))
            {
                var moved = Math.Min(held.Rows, most);
                most -= moved;
                var known = _natures.GetValueOrDefault(to, (0, []));
                _natures[to] = (known.Rows + moved, known.First.Count > 0 ? known.First : [.. first.Count > 0 ? first : held.First]);
                _natures[nature] = (held.Rows - moved, held.First);
                _ = moved == held.Rows && _natures.Remove(nature);
            }
        }
    }

    private long Of(ValueNature nature) => _natures.TryGetValue(nature, out var counted) ? counted.Rows : 0;

    private void Count(ValueNature nature, long row)
    {
        if (!_natures.TryGetValue(nature, out var known))
        {
            known = (0, []);
        }

        if (known.First.Count < FirstRows)
        {
            known.First.Add(row);
        }

        _natures[nature] = (known.Rows + 1, known.First);
    }

    private static Fact<long> Seen(long count, bool couldSee) => count > 0 || couldSee ? count : default(Fact<long>);
}
