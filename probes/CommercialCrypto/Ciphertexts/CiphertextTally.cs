using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Everything counted of one column while its values pass.</summary>
internal sealed class CiphertextTally(string name)
{
    private const int FirstRows = 5;

    /// <summary>Different values below which an equal beginning says nothing.</summary>
    private const int FewestForPrefix = 8;

    private readonly Dictionary<ValueNature, (long Rows, List<long> First)> _natures = [];
    private readonly Dictionary<TextPattern, long> _patterns = [];
    private readonly BlockTally _blocks = new();
    private readonly ByteTally _bytes = new();
    private readonly SimpleMasks _masks = new();
    private readonly List<byte[]> _samples = [];
    private long _rows;
    private long _empty;

    public void Add(long row, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            _empty++;
            return;
        }

        var reading = ValueReadings.Read(value);
        if (reading.Nature == ValueNature.PlainText && reading.Pattern is TextPattern.Number or TextPattern.Words or TextPattern.Date)
        {
            _masks.Add(value);
        }

        Add(row, reading);
    }

    public void Add(long row, ValueReading reading)
    {
        _rows++;
        Count(reading.Nature, row);
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
                _masks.Add(reading.Bytes);
            }

            if (isNew && _samples.Count < DecryptionTrial.Values && reading.Bytes.Length <= DecryptionTrial.LongestValue)
            {
                _samples.Add(reading.Bytes);
            }
        }
    }

    public CiphertextColumn Column(bool whole, DecryptionTrial trial)
    {
        Unmask();
        var unprotected = Of(ValueNature.PlainText) + Of(ValueNature.EncodedText) + Of(ValueNature.Compressed) + Of(ValueNature.KnownFormat) + Of(ValueNature.SimpleMask);
        var complete = whole && !_blocks.IsFull;
        var before = trial.Tried;
        var found = trial.Find(_samples);
        var prefix = _blocks.DistinctValues >= FewestForPrefix ? _blocks.PrefixBytes : (int?)null;
        var bytes = _bytes.Distribution(prefix ?? 0);
        var column = new CiphertextColumn
        {
            Name = name,
            Rows = _rows,
            EmptyRows = _empty,
            ReadWholly = whole,
            Natures = [.. _natures.Select(n => new NatureCount { Nature = n.Key, Rows = n.Value.Rows, FirstRows = n.Value.First }).OrderByDescending(n => n.Rows).ThenBy(n => n.Nature)],
            UnprotectedRows = Seen(unprotected, whole && _rows > 0),
            Patterns = [.. _patterns.Select(p => new PatternCount { Pattern = p.Key, Rows = p.Value }).OrderByDescending(p => p.Rows).ThenBy(p => p.Pattern)],
            Sm2Rows = Of(ValueNature.Sm2Shape),
            BlockRows = Of(ValueNature.BlockLike),
            EcbRows = Seen(_blocks.EcbRows, complete && _blocks.MultiBlockRows >= 2),
            EqualRows = Seen(_blocks.EqualRows, complete && _blocks.DistinctValues >= 2),
            FixedPrefixBytes = prefix is { } known && Of(ValueNature.Sm2Shape) == 0 ? known : default(Fact<int>),
            Bytes = bytes is null ? default : new(bytes),
            DecryptionMatched = trial.HasKey && _samples.Count > 0 ? found is not null : default(Fact<bool>),
            Decryption = found is null ? default : new(found),
            CombinationsTried = trial.HasKey && _samples.Count > 0 ? trial.Tried - before : default(Fact<int>),
        };
        return column with { Note = Sentence(column) };
    }

    private static string Sentence(CiphertextColumn seen)
    {
        List<string> parts = [$"{seen.Name} 共 {seen.Rows} 行"];
        Say("不用密钥可读出", seen.UnprotectedRows, "行");
        Say("有 ECB 特征", seen.EcbRows, "行");
        Say("与他行相同", seen.EqualRows, "行");
        parts.Add(seen.FixedPrefixBytes.IsKnown ? $"相同前缀 {seen.FixedPrefixBytes.Value} 字节" : "相同前缀未知");
        parts.Add(seen.Bytes.IsKnown ? $"字节分布{(seen.Bytes.Value.LooksUniform ? "近似均匀" : "有偏")}（P={seen.Bytes.Value.P}，可发现 {seen.Bytes.Value.SmallestDeficitSeen} 比特/字节以上的熵缺）" : "字节太少，未检验分布");
        parts.Add(seen.Decryption.IsKnown ? $"测试密钥解密成功：{seen.Decryption.Value.Combination}" : seen.CombinationsTried.IsKnown ? $"测试密钥试过 {seen.CombinationsTried.Value} 种组合，未解开" : "没有测试密钥");
        return string.Join("，", parts);

        void Say(string what, Fact<long> count, string unit) => parts.Add(count.IsKnown ? $"{what} {count.Value} {unit}" : $"{what}的行数未知");
    }

    /// <summary>What one mask explains for the whole column is no ciphertext.</summary>
    private void Unmask()
    {
        foreach (var masked in new[] { _masks.IsXor ? ValueNature.BlockLike : (ValueNature?)null, _masks.IsXor ? ValueNature.Unstructured : null, _masks.IsTextMask ? ValueNature.PlainText : null })
        {
            if (masked is { } nature && _natures.Remove(nature, out var moved))
            {
                var known = _natures.GetValueOrDefault(ValueNature.SimpleMask, (0, []));
                _natures[ValueNature.SimpleMask] = (known.Rows + moved.Rows, known.First.Count == 0 ? moved.First : known.First);
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
