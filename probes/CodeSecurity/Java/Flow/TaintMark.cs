using System.Runtime.InteropServices;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where a value comes from: a place where foreign input enters, or what a method was given.</summary>
/// <param name="Filter">Of equal origins it is the same: most that differ are told apart by it alone.</param>
internal abstract record TaintOrigin(int Filter);

/// <summary>A place where foreign input enters.</summary>
/// <param name="Place">Of the call or parameter.</param>
/// <param name="Kind">What it is, for people.</param>
/// <param name="Trust">Who can choose it.</param>
/// <param name="Leads">Bits of closed weaknesses it leads to.</param>
/// <param name="IsSegment">It is one segment of an address.</param>
internal sealed record ForeignOrigin(CodePlace Place, string Kind, FlowTrust Trust, ulong Leads = 0, bool IsSegment = false) : TaintOrigin(~Place.At)
{
    /// <summary>It is the address of a request, or a piece of it, as a container straightens them.</summary>
    public bool IsAddress { get; init; }

    /// <summary>A value that comes from here and has gone nowhere yet.</summary>
    /// <param name="name">Of what it enters by, written further on in the line; null for what begins at the place.</param>
    public TaintMark Mark(string? name = null) => new(this, 0, new TaintStep(Place, new StepWords(Say(Kind, Trust), (IsSegment ? StepDoubt.Segment : StepDoubt.None) | (IsAddress ? StepDoubt.Address : StepDoubt.None), name), null));

    /// <summary>For people, as the first step of a way.</summary>
    public static string Say(string kind, FlowTrust trust) => trust switch
    {
        FlowTrust.Remote => $"外部输入（{kind}）",
        FlowTrust.Stored => $"存放过的数据（{kind}）",
        _ => $"本机输入（{kind}）",
    };
}

/// <summary>What a method was given.</summary>
/// <param name="Index">0 is the receiver, 1 the first parameter.</param>
/// <param name="Path">Fields and elements from there, each with a dot before it; empty for the value itself.</param>
internal sealed record InputOrigin(int Index, string Path) : TaintOrigin((((Index * 397) + Path.Length) * 397) + (Path.Length == 0 ? 0 : Path[^1]))
{
    public bool Equals(InputOrigin? other) => ReferenceEquals(this, other) || (other is not null && Index == other.Index && Path == other.Path);

    public override int GetHashCode() => HashCode.Combine(Index, Path);
}

/// <param name="File">Relative to the tree.</param>
/// <param name="At">Index of a character.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CodePlace(string File, int At);

/// <summary>A step of a way, newest first. Ways are put together often and told seldom: of two that follow one another the steps are made when they are asked for.</summary>
internal sealed class TaintStep
{
    private const int Longest = 40;

    private readonly TaintStep _first;
    private TaintStep? _before;

    /// <summary>Steps between the step and the one before it as it is kept, as they are elsewhere; null where there are none.</summary>
    private TaintStep? _between;

    /// <param name="place">Where.</param>
    /// <param name="words">What happens there.</param>
    /// <param name="before">The step before it; null at the beginning.</param>
    public TaintStep(CodePlace place, StepWords words, TaintStep? before)
    {
        (Place, Words, _before, _first) = (place, words, before, before?._first ?? this);
        Length = (before?.Length ?? 0) + 1;
    }

    private TaintStep(TaintStep before, TaintStep after, int length)
    {
        (Place, Words, _before, _between, _first) = (after.Place, after.Words, before, after.Before, before._first);
        Length = length;
    }

    /// <summary>As it is kept: what is before it, and what of the steps between is not put together yet.</summary>
    public (TaintStep? Before, TaintStep? Between) Kept => (_before, _between);

    /// <summary>As it was kept.</summary>
    public static TaintStep Restore(CodePlace place, StepWords words, TaintStep? before, TaintStep? between, int length) =>
        between is null || before is null ? new TaintStep(place, words, before) : new TaintStep(before, new TaintStep(place, words, between), length);

    public CodePlace Place { get; }

    public StepWords Words { get; }

    /// <summary>For people.</summary>
    public string What => Words.Text;

    public TaintStep? Before
    {
        get
        {
            if (_between is not null)
            {
                (_before, _between) = (Concat(_before, _between), null);
            }

            return _before;
        }
    }

    public int Length { get; }

    /// <summary>One step more; of very long ways those before it are left out.</summary>
    public static TaintStep? Add(TaintStep? way, CodePlace place, StepWords what) =>
        way is not null && way.Place == place ? way : new TaintStep(place, way is { Length: >= Longest } ? what.Behind(way.Words) : what, way is { Length: >= Longest } ? way.Before : way);

    /// <summary>What happened in a callee, behind what happened before.</summary>
    public static TaintStep? Concat(TaintStep? before, TaintStep? after)
    {
        if (before is null || after is null)
        {
            return before ?? after;
        }

        if (before.Length >= Longest)
        {
            return Add(before, after.Place, after.Words);
        }

        // Where one ends the other may begin.
        var own = before.Length - (before.Place == after._first.Place ? 1 : 0);
        if (own + after.Length <= Longest)
        {
            return own + after.Length == before.Length ? before : new TaintStep(before, after, own + after.Length);
        }

        // Of a way that is full only the last step changes.
        var (kept, lost) = (after.Before, StepDoubt.None);
        while (kept is not null && own + kept.Length >= Longest)
        {
            lost |= kept.Words.Doubt;
            kept = kept.Before;
        }

        return new TaintStep(after.Place, after.Words.Behind(new StepWords(string.Empty, lost)), Concat(before, kept));
    }
}

/// <summary>That a value comes from an origin.</summary>
/// <param name="origin">From where.</param>
/// <param name="cleaned">Bits of weaknesses it cannot lead to any more.</param>
/// <param name="way">To here; does not tell marks apart.</param>
/// <param name="soiled">Bits of weaknesses it can lead to again, even where what it comes from could not.</param>
internal sealed class TaintMark(TaintOrigin origin, ulong cleaned, TaintStep? way, ulong soiled = 0)
{
    public TaintOrigin Origin => origin;

    public ulong Cleaned => cleaned;

    public ulong Soiled => soiled;

    public TaintStep? Way => way;

    public TaintMark Clean(ulong more) => (cleaned | more) == cleaned ? this : new TaintMark(origin, cleaned | more, way, soiled);

    public TaintMark Soil(ulong more) => (cleaned & more) == 0 && (soiled | more) == soiled ? this : new TaintMark(origin, cleaned & ~more, way, soiled | more);

    public TaintMark Step(CodePlace place, StepWords what) => TaintStep.Add(way, place, what) is var longer && ReferenceEquals(longer, way) ? this : new TaintMark(origin, cleaned, longer, soiled);

    /// <summary>The same of where an input comes from at one call.</summary>
    /// <param name="given">Of the input.</param>
    /// <param name="longer">The whole way.</param>
    public TaintMark Behind(TaintMark given, TaintStep? longer) => new(given.Origin, CleanedBehind(given), longer, given.Soiled | soiled);

    public ulong CleanedBehind(TaintMark given) => (given.Cleaned & ~soiled) | cleaned;
}

/// <summary>Sets of marks, one for each origin.</summary>
internal static class TaintMarks
{
    public const int Most = 16;

    private static readonly string Loss = $"一个值的来源多于 {Most} 个";

    public static TaintMark[] None { get; } = [];

    /// <summary>What may be one or the other: cleaned of what both are cleaned of.</summary>
    public static TaintMark[] Union(TaintMark[] a, TaintMark[] b)
    {
        if (b.Length == 0 || ReferenceEquals(a, b))
        {
            return a;
        }

        if (a.Length == 0)
        {
            return b;
        }

        TaintMark[]? made = null;
        var count = a.Length;
        foreach (var mark in b)
        {
            var at = IndexOf((made ?? a).AsSpan(0, count), mark.Origin);
            if (at < 0)
            {
                if (IsCovered((made ?? a).AsSpan(0, count), mark.Origin, mark.Cleaned))
                {
                    continue;
                }

                if (count < Most)
                {
                    made ??= Copied(a, b.Length);
                    made[count++] = mark;
                }
                else
                {
                    NoteLoss();
                }
            }
            else if ((made ?? a)[at] is var known && IsNews(known, mark.Cleaned, mark.Soiled))
            {
                made ??= Copied(a, b.Length);
                made[at] = Meet(known, mark);
            }
        }

        return made is null ? a : made.Length == count ? made : made.AsSpan(0, count).ToArray();
    }

    private static TaintMark[] Copied(TaintMark[] a, int more)
    {
        var made = new TaintMark[Math.Max(a.Length, Math.Min(a.Length + more, Most))];
        a.CopyTo(made, 0);
        return made;
    }

    /// <summary>Of two marks of one origin: cleaned of what both are cleaned of.</summary>
    public static TaintMark Meet(TaintMark known, TaintMark mark) =>
        new(known.Origin, known.Cleaned & mark.Cleaned, IsTold(known, mark) ? mark.Way : known.Way, known.Soiled | mark.Soiled);

    /// <summary>The way of the second leads further than that of the first; that it is no piece any more tells nobody anything.</summary>
    private static bool IsTold(TaintMark known, TaintMark mark) => (known.Cleaned & mark.Cleaned) == mark.Cleaned
        && (known.Cleaned != mark.Cleaned || (mark.Soiled & ~known.Soiled & ~ApiIndex.Signs) != 0);

    /// <summary>Together with a mark of the same origin it would be another one.</summary>
    public static bool IsNews(TaintMark known, ulong cleaned, ulong soiled) => (known.Cleaned & cleaned) != known.Cleaned || (known.Soiled | soiled) != known.Soiled;

    public static void NoteLoss() => FlowLosses.Note(Loss);

    public static bool Same(TaintMark[] a, TaintMark[] b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        if (a.Length != b.Length)
        {
            return false;
        }

        foreach (var mark in a)
        {
            var at = IndexOf(b, mark.Origin);
            if (at < 0 || b[at].Cleaned != mark.Cleaned || b[at].Soiled != mark.Soiled)
            {
                return false;
            }
        }

        return true;
    }

    public static TaintMark[] Clean(TaintMark[] marks, ulong more) => marks.Length == 0 || more == 0 ? marks : Array.ConvertAll(marks, m => m.Clean(more));

    public static TaintMark[] Soil(TaintMark[] marks, ulong more) => marks.Length == 0 || more == 0 ? marks : Array.ConvertAll(marks, m => m.Soil(more));

    public static TaintMark[] Step(TaintMark[] marks, CodePlace place, StepWords what) => marks.Length == 0 ? marks : Array.ConvertAll(marks, m => m.Step(place, what));

    /// <summary>What is less foreign than another mark, and cleaned of no less, leads to nothing that the other does not lead to: values are cleaned as a whole.</summary>
    public static bool IsCovered(ReadOnlySpan<TaintMark> marks, TaintOrigin weak, ulong cleaned)
    {
        if (weak is not ForeignOrigin { Trust: < FlowTrust.Remote } origin)
        {
            return false;
        }

        foreach (var mark in marks)
        {
            if (mark.Origin is ForeignOrigin other && other.Trust >= origin.Trust && (origin.Leads & ~other.Leads) == 0 && (mark.Cleaned & ~cleaned) == 0)
            {
                return true;
            }
        }

        return false;
    }

    public static int IndexOf(ReadOnlySpan<TaintMark> marks, TaintOrigin origin)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i].Origin is var known && (ReferenceEquals(known, origin) || (known.Filter == origin.Filter && known.Equals(origin))))
            {
                return i;
            }
        }

        return -1;
    }
}
