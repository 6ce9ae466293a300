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

    /// <summary>What else is special of it.</summary>
    public InputForm Form { get; init; }

    /// <summary>As a step says it.</summary>
    public static StepDoubt DoubtOf(InputForm form) => form switch { InputForm.Cookie => StepDoubt.Cookie, InputForm.UploadName => StepDoubt.UploadName, _ => StepDoubt.None };

    /// <summary>A value that comes from here and has gone nowhere yet.</summary>
    /// <param name="name">Of what it enters by, written further on in the line; null for what begins at the place.</param>
    public TaintMark Mark(string? name = null) => new(this, 0, new TaintStep(Place, new StepWords(Say(Kind, Trust), (IsSegment ? StepDoubt.Segment : StepDoubt.None) | (IsAddress ? StepDoubt.Address : StepDoubt.None) | DoubtOf(Form), name), null));

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

    public TaintMark Step(StepEvent what) => TaintStep.Add(way, what) is var longer && ReferenceEquals(longer, way) ? this : new TaintMark(origin, cleaned, longer, soiled);

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

    public static TaintMark[] Step(TaintMark[] marks, CodePlace place, StepWords what)
    {
        if (marks.Length == 0)
        {
            return marks;
        }

        var shared = new StepEvent(place, what);
        return Array.ConvertAll(marks, m => m.Step(shared));
    }

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
