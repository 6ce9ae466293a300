using System.Buffers;
using System.Text;

namespace SmartCity.SecurityCheck.Model;

/// <summary>Whether bytes are words of a language: by counts alone, so that what they say stays unread.</summary>
internal ref struct WordCount
{
    private const int FewestHanzi = 60;
    private const int FewestDistinctHanzi = 30;

    private const int FewestLatin = 200;
    private const int FewestDistinctLatin = 15;
    private const int LongestMeanWord = 16;

    /// <summary>
    /// That two letters taken anywhere are the same: 0.038 of letters thrown with dice (and of Base64), 0.065 of English, more of pinyin and
    /// of settings files.
    /// </summary>
    private const double LeastCoincidence = 0.05;

    private readonly Span<int> _letters;
    private readonly HashSet<int> _hanzi = [];
    private int _hanziCount;
    private int _latin;
    private int _words;
    private bool _inWord;

    private WordCount(Span<int> letters) => _letters = letters;

    /// <param name="bytes">Beginning of a file; UTF-8, GB 2312 or UTF-16 with its mark. May end within a character.</param>
    public static bool IsLanguage(ReadOnlySpan<byte> bytes)
    {
        Span<int> letters = stackalloc int[26];
        letters.Clear();
        var count = new WordCount(letters);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            count.TakeWide(bytes[2..], bytes[0] == 0xFF ? 0 : 1);
            return count.IsEnough();
        }

        return !HasControls(bytes) && (count.TakeUtf8(bytes) || count.TakeGb(bytes)) && count.IsEnough();
    }

    private readonly bool IsEnough() => (_hanziCount >= FewestHanzi && _hanzi.Count >= FewestDistinctHanzi) || IsLatin();

    private readonly bool IsLatin()
    {
        if (_latin < FewestLatin || _latin > (long)_words * LongestMeanWord)
        {
            return false;
        }

        var pairs = 0.0;
        var distinct = 0;
        foreach (var n in _letters)
        {
            pairs += (double)n * (n - 1);
            distinct += n > 0 ? 1 : 0;
        }

        return distinct >= FewestDistinctLatin && pairs / ((double)_latin * (_latin - 1)) >= LeastCoincidence;
    }

    private static bool HasControls(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0C or 0x1B))
            {
                return true;
            }
        }

        return false;
    }

    private void TakeWide(ReadOnlySpan<byte> bytes, int low)
    {
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            Take(bytes[i + low] | (bytes[i + 1 - low] << 8));
        }
    }

    private bool TakeUtf8(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        while (!rest.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var used);
            if (status == OperationStatus.InvalidData)
            {
                Forget();
                return false;
            }

            if (status == OperationStatus.NeedMoreData)
            {
                return true;
            }

            Take(rune.Value);
            rest = rest[used..];
        }

        return true;
    }

    /// <summary>Two bytes a character; what is neither ASCII nor such a pair is no text.</summary>
    private bool TakeGb(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                Take(bytes[i]);
                continue;
            }

            if (i + 1 == bytes.Length)
            {
                return true;
            }

            var (lead, trail) = (bytes[i], bytes[++i]);
            if (lead is < 0x81 or > 0xFE || trail is < 0x40 or 0x7F or > 0xFE)
            {
                return false;
            }

            Take(lead is >= 0xB0 and <= 0xF7 && trail >= 0xA1 ? 0x4E00 + ((lead - 0xB0) * 94) + trail - 0xA1 : ' ');
        }

        return true;
    }

    private void Take(int character)
    {
        if (character is >= 0x4E00 and <= 0x9FFF)
        {
            _hanziCount++;
            _hanzi.Add(character);
            _inWord = false;
            return;
        }

        var letter = (character | 0x20) - 'a';
        if (letter is >= 0 and < 26)
        {
            _letters[letter]++;
            _latin++;
            _words += _inWord ? 0 : 1;
        }

        _inWord = letter is >= 0 and < 26;
    }

    private void Forget()
    {
        _letters.Clear();
        _hanzi.Clear();
        (_hanziCount, _latin, _words, _inWord) = (0, 0, 0, false);
    }
}
