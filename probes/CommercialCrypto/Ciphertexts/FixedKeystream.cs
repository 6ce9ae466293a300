namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// One string of bytes xored over, or added to, every row: a constant, a fixed initialisation vector, a keystream that is never renewed. At each
/// place the values are then letters, digits or parts of Chinese characters under one and the same byte, which random bytes are not:
/// thirty of them fit once in ten thousand million.
/// </summary>
internal sealed class FixedKeystream
{
    public const string Name = "各行与同一串固定字节异或或相加";
    private const int Places = 256;
    private const int FewestValues = 30;

    /// <summary>A place where nothing changes is explained by anything.</summary>
    private const int FewestDifferent = 4;

    private const int FewestPlaces = 4;

    /// <summary>Of the places; letters and Chinese characters at the same place are explained by no class.</summary>
    private const double Share = 0.5;

    private static readonly (int First, int Last)[] Classes = [(0x20, 0x7E), (0x80, 0xBF), (0xA0, 0xFF), (0x4E, 0x9F)];

    private readonly HashSet<byte>[] _seen = [.. Enumerable.Range(0, Places).Select(_ => new HashSet<byte>())];
    private readonly int[] _counts = new int[Places];
    private bool? _isFound;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _isFound = null;
        for (var i = 0; i < bytes.Length && i < Places; i++)
        {
            _seen[i].Add(bytes[i]);
            _counts[i]++;
        }
    }

    public bool IsFound => _isFound ??= Find();

    private bool Find()
    {
        var telling = Enumerable.Range(0, Places).Where(i => _counts[i] >= FewestValues && _seen[i].Count >= FewestDifferent).ToList();
        var explained = telling.Count(i => IsExplained(_seen[i]));
        return explained >= FewestPlaces && explained >= Share * telling.Count;
    }

    private static bool IsExplained(HashSet<byte> values)
    {
        for (var key = 0; key < 256; key++)
        {
            var mask = key;
            if (Array.Exists(Classes, c => values.All(v => (v ^ mask) >= c.First && (v ^ mask) <= c.Last) || values.All(v => (byte)(v - mask) >= c.First && (byte)(v - mask) <= c.Last)))
            {
                return true;
            }
        }

        return false;
    }
}
