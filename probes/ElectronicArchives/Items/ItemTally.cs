using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Counts the comparisons of one item while they are made.</summary>
/// <param name="left">What is taken, and from where.</param>
/// <param name="right">What it is held against, and from where.</param>
internal sealed class ItemTally(string left, string right)
{
    public const int ShownDifferences = 100;
    private const int ShownSentences = 20;
    private const int ShownValue = 120;
    private const int ShownNames = 3;

    private readonly List<ItemDifference> _differences = [];
    private readonly List<string> _open = [];
    private readonly List<string> _remarks = [];
    private int _comparisons;
    private int _count;
    private int _openCount;
    private bool _isForPeople;

    public int Comparisons => _comparisons;

    public bool HasDifferences => _count > 0;

    /// <summary>Two values were held against each other and are as they should be.</summary>
    public void Same(int pairs = 1) => _comparisons += pairs;

    public void Differ(string place, string one, string other, string? note = null)
    {
        _comparisons++;
        _count++;
        if (_differences.Count < ShownDifferences)
        {
            var (shownLeft, shownRight) = (Shown(one), Shown(other));
            _differences.Add(new ItemDifference(Shown(place), shownLeft, shownRight, $"{Shown(place)}：{note ?? $"{shownLeft}，对照 {shownRight}"}"));
        }
    }

    public void Compare(bool isSame, string place, string one, string other, string? note = null)
    {
        if (isSame)
        {
            Same();
        }
        else
        {
            Differ(place, one, other, note);
        }
    }

    /// <summary>Something that belongs to the item and was not compared.</summary>
    public void CouldNot(string why)
    {
        _openCount++;
        if (_open.Count < ShownSentences && !_open.Contains(why, StringComparer.Ordinal))
        {
            _open.Add(Shown(why, 300));
        }
    }

    /// <summary>As <see cref="CouldNot(string)"/>, of many at once: their number and the first of them.</summary>
    public void CouldNot(string place, IReadOnlyList<string> which, string why)
    {
        if (which.Count > 0)
        {
            CouldNot($"{place}：{string.Join("、", which.Take(ShownNames))}{(which.Count > ShownNames ? string.Create(CultureInfo.InvariantCulture, $" 等 {which.Count} 个") : "")}，{why}");
        }
    }

    /// <summary>As <see cref="CouldNot(string)"/>, of what no reading of bytes could ever tell.</summary>
    public void LeaveToPeople(string why)
    {
        _isForPeople = true;
        CouldNot(why);
    }

    public void Remark(string weak)
    {
        if (_remarks.Count < ShownSentences && !_remarks.Contains(weak, StringComparer.Ordinal))
        {
            _remarks.Add(Shown(weak, 300));
        }
    }

    public ItemComparison Build(ArchiveItem item, ArchiveStage stage)
    {
        var isOf = item.IsOf(stage);
        var agrees = !isOf ? default : _count > 0 ? false : _comparisons > 0 && _openCount == 0 ? true : default(Fact<bool>);
        IReadOnlyList<string> open = !isOf ? [$"{EnumWords.Say(stage)}环节没有这一项"] : _comparisons == 0 && _open.Count == 0 ? ["没有可以比对的值"] : [.. _open];
        return new ItemComparison
        {
            Id = item.Id,
            Title = item.Title,
            IsOfStage = isOf,
            Left = left,
            Right = right,
            Comparisons = isOf ? _comparisons : 0,
            Agrees = agrees,
            AwaitsPeople = isOf && _isForPeople && _count == 0,
            IsClear = agrees.IsKnown ? agrees.Value && _remarks.Count == 0 : default(Fact<bool>),
            DifferenceCount = isOf ? _count : 0,
            Differences = isOf ? _differences : [],
            Open = open,
            Remarks = isOf ? _remarks : [],
        };
    }

    /// <summary>One line, without control characters, as far as people read.</summary>
    public static string Shown(string text, int cap = ShownValue)
    {
        var plain = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) && !IsPaired(text) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : $"{c}"));
        return plain.Length == 0 ? "（空）" : plain.Length <= cap ? plain : $"{plain.AsSpan(0, char.IsHighSurrogate(plain[cap - 1]) ? cap - 1 : cap)}…";
    }

    private static bool IsPaired(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
