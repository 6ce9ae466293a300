using System.Runtime.InteropServices;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Java that is made of a page, with the place of the page every piece of it comes from.</summary>
internal sealed class PageWriter
{
    private const int LongestText = 4_000_000;

    private readonly StringBuilder _text = new();
    private readonly List<PagePiece> _pieces = [];

    public int Length => _text.Length;

    /// <summary>More was written than is kept.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Code that does not stand in the page.</summary>
    /// <param name="code">Java.</param>
    /// <param name="place">For what of the page it stands.</param>
    public void Make(string code, CodePlace place) => Add(code, new PagePiece(_text.Length, place, IsCopy: false));

    /// <summary>Code as it stands in the page.</summary>
    public void Copy(string text, int from, int to, string path) => Add(text[from..to], new PagePiece(_text.Length, new CodePlace(path, from), IsCopy: true));

    /// <summary>All that another one has.</summary>
    public void Take(PageWriter other)
    {
        var before = _text.Length;
        if (before + other._text.Length > LongestText)
        {
            IsCut = true;
            return;
        }

        _text.Append(other._text);
        _pieces.AddRange(other._pieces.Select(p => p with { At = p.At + before }));
        IsCut |= other.IsCut;
    }

    public PageMap Map() => new([.. _pieces]);

    public override string ToString() => _text.ToString();

    private void Add(string code, PagePiece piece)
    {
        if (_text.Length + code.Length > LongestText)
        {
            IsCut = true;
            return;
        }

        _pieces.Add(piece);
        _text.Append(code);
    }
}

/// <param name="At">Index in the Java.</param>
/// <param name="Place">In the page.</param>
/// <param name="IsCopy">Characters behind it are those of the page.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PagePiece(int At, CodePlace Place, bool IsCopy);

/// <summary>From places in Java that was made of a page to places in the page.</summary>
/// <param name="pieces">By place in the Java.</param>
internal sealed class PageMap(PagePiece[] pieces)
{
    public CodePlace? Written(int at)
    {
        var (low, high) = (0, pieces.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = pieces[middle].At <= at ? (middle, high) : (low, middle - 1);
        }

        if (pieces.Length == 0)
        {
            return null;
        }

        var piece = pieces[low];
        return piece.IsCopy ? piece.Place with { At = piece.Place.At + Math.Max(0, at - piece.At) } : piece.Place;
    }
}
