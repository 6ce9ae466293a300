namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The searches for recipes over the first rows of a table, or over those that another recipe does not explain.</summary>
internal sealed class IntegrityWork
{
    /// <summary>Rows the search goes through: one that was altered must not hide the recipe.</summary>
    private const int SearchedRows = 3;

    /// <summary>A recipe holds when it gives the values of this many rows, or of all there are.</summary>
    private const int NeededRows = 3;

    private readonly IReadOnlyList<TestKey> _given;
    private readonly IReadOnlyList<TestKey> _known;
    private readonly IntegritySearch _search;

    public IntegrityWork(Model.CryptoSample target, string file, Layout layout, CancellationToken cancellationToken)
    {
        Layout = layout;
        _known = PublicKeys.Of([target.Id, Path.GetFileNameWithoutExtension(file), .. layout.Names]);
        _given = PublicKeys.Marked(TestKey.Of(target.Hidden("key")), _known.Concat(PublicKeys.OfCommonPasswords));
        _search = new IntegritySearch(layout.Names, layout.Others, layout.Given, cancellationToken);
        KeyTexts = Texts(target.Hidden("key")?.Reveal().Trim());
        SearchSpaceWords = $"{layout.Others.Count} 个数据列的 {_search.Orders} 种取舍与次序；{MessageForms.Words}；UTF-8 与 GBK；SM3、SHA-1、SHA-2、MD5（一次或套两次），截短的摘要（8 字节起）、截短的 HMAC（16 字节起）和“16 位 MD5”；值前带算法名的（如 {{SM3}}、sm3:）去掉名称；"
            + $"{_known.Count} 个人人皆知的密钥与各列的值作密钥";
    }

    public Layout Layout { get; }

    public int Tried => _search.Tried;

    /// <summary>In words.</summary>
    public string SearchSpace => SearchSpaceWords + (_search.IsCut ? "；达到计算上限，未搜完" : "");

    /// <summary>How the given key may be written in a cell of the table.</summary>
    public IReadOnlySet<string> KeyTexts { get; }

    private string SearchSpaceWords { get; }

    /// <summary>Without a key, with the given one, then with those that everybody has.</summary>
    public FoundRecipe? Search(IReadOnlyList<TableRow> rows) => Search(rows, _given);

    /// <summary>For rows that another recipe does not explain.</summary>
    public FoundRecipe? SearchKeyless(IReadOnlyList<TableRow> rows) => rows.Count == 0 ? null : Search(rows, []);

    private FoundRecipe? Search(IReadOnlyList<TableRow> rows, IReadOnlyList<TestKey> keys)
    {
        var checkable = rows.Select(r => (Row: r, Stored: Layout.Stored(r))).Where(r => r.Stored is { Length: >= 8 }).ToList();

        // Rows without empty fields first: an empty one is written in more ways than are tried.
        var searched = checkable.OrderBy(r => Layout.Others.Count(c => string.IsNullOrEmpty(r.Row[c]))).Take(SearchedRows).ToList();
        foreach (var (row, stored) in searched)
        {
            if (_search.Find(row, stored!, keys) is { } found && Holds(found, checkable))
            {
                return found;
            }
        }

        return searched.Take(1).Select(r => _search.FindPublic(r.Row, r.Stored!, _known)).FirstOrDefault(f => f is not null && Holds(f, checkable));
    }

    private bool Holds(FoundRecipe found, List<(TableRow Row, byte[]? Stored)> checkable) =>
        checkable.Count(r => found.Compute(Layout.Names, c => r.Row[c] ?? "") is { } computed && IntegritySearch.Matches(computed, r.Stored!)) >= Math.Min(NeededRows, checkable.Count);

    private static HashSet<string> Texts(string? key)
    {
        const int shortest = 4;
        var texts = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (key is { Length: >= shortest })
        {
            texts.UnionWith([key, Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key)), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(key))]);
            if (BinaryText.Decode(key) is { } decoded)
            {
                texts.UnionWith([Convert.ToHexString(decoded.Bytes), Convert.ToBase64String(decoded.Bytes), "0x" + Convert.ToHexString(decoded.Bytes)]);
                texts.Add(System.Text.Encoding.UTF8.GetString(decoded.Bytes));
            }
        }

        return texts;
    }
}
