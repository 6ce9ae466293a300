using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A stretch of a text as it was written, in UTF-16 units.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="End">Index after the last character; never less than <paramref name="Start"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct JavaSpan(int Start, int End)
{
    /// <summary>A place lies in it.</summary>
    public bool Has(int at) => Start <= at && at < End;
}

/// <summary>A piece of Java syntax. A span begins with the first token of the piece, annotations and modifiers included, and ends with its last.</summary>
/// <param name="Span">Where it stands.</param>
internal abstract record JavaNode(JavaSpan Span);

/// <summary>Why a stretch of a text was not understood.</summary>
internal enum JavaGapReason : byte
{
    /// <summary>A token that cannot stand there.</summary>
    Unexpected,

    /// <summary>Nested deeper than is read.</summary>
    TooDeep,

    /// <summary>More characters, tokens or gaps than are read; nothing behind it was looked at.</summary>
    TooLong,

    /// <summary>A literal, comment or bracket that nothing closes.</summary>
    NotClosed,
}

/// <summary>A stretch that was not understood: what it does is not known.</summary>
/// <param name="Span">All that was skipped.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">Index of the character where reading stopped.</param>
/// <param name="Within">The type and member it stands in, as <c>Outer.Inner.method</c>; empty outside of types.</param>
internal sealed record JavaGap(JavaSpan Span, JavaGapReason Reason, int At, string Within);
