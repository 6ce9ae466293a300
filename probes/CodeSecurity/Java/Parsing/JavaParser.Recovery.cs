using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaParser
{
    /// <summary>Names a gap is told by: the innermost ones, and no more of each than a reader needs.</summary>
    private const int MostNames = 16;
    private const int LongestName = 128;

    /// <summary>Behind a statement that was not understood: at its semicolon, before a block that follows it or at the end of the block around it.</summary>
    /// <param name="first">Its first token.</param>
    private JavaStatementGap SkipStatement(int first)
    {
        TakeUpAgain();
        var at = SkipFrom(first);
        for (var done = false; !done && at < _end;)
        {
            var (kind, behind) = (KindAt(at), at >= _stop);
            if (kind == JavaTokenKind.CloseBrace || (at > first && behind && kind is JavaTokenKind.OpenBrace or JavaTokenKind.Case or JavaTokenKind.Public or JavaTokenKind.Private or JavaTokenKind.Protected))
            {
                break;
            }

            var next = Behind(at);
            done = next > _stop && kind == JavaTokenKind.Semicolon;
            at = next;
        }

        return new JavaStatementGap(NoteGap(first, at, null));
    }

    /// <summary>Behind a member that was not understood: at its semicolon or body.</summary>
    private JavaMemberGap SkipMember(int first)
    {
        TakeUpAgain();
        var at = SkipFrom(first);
        for (var done = false; !done && at < _end && KindAt(at) != JavaTokenKind.CloseBrace;)
        {
            var (kind, next) = (KindAt(at), Behind(at));
            done = next > _stop && (kind == JavaTokenKind.Semicolon || (kind == JavaTokenKind.OpenBrace && next > at + 1));
            at = next;
        }

        return new JavaMemberGap(NoteGap(first, at, _member));
    }

    /// <summary>Where the head of a type or method was not understood but its body is there: a gap up to the body, which is read as any other.</summary>
    /// <param name="first">The first token of the head.</param>
    private void GoOnAtBody(int first)
    {
        if (!_failed || _reason == JavaGapReason.TooDeep || _member is null)
        {
            return;
        }

        var at = _stop;
        while (KindAt(at) is not (JavaTokenKind.OpenBrace or JavaTokenKind.Semicolon or JavaTokenKind.CloseBrace or JavaTokenKind.EndOfFile))
        {
            at++;
        }

        if (KindAt(at) == JavaTokenKind.OpenBrace)
        {
            _failed = false;
            NoteGap(first, at, _member);
        }
    }

    /// <summary>Where the end of the text stopped the reading nothing is left to look for: each of many levels would look through the same rest.</summary>
    private int SkipFrom(int first) => _stop == _end ? _end : first;

    private void TakeUpAgain()
    {
        if (!_failed)
        {
            (_stop, _reason) = (_at, JavaGapReason.Unexpected);
        }

        _failed = false;
    }

    /// <summary>The token behind this one, or behind the bracket that closes this one.</summary>
    private int Behind(int at) => Math.Max(at, _tokens[at].Partner) + 1;

    /// <summary>Goes on at a token, at least at the one where reading stopped, and notes what lies before it.</summary>
    private JavaSpan NoteGap(int first, int next, string? member)
    {
        _at = Math.Max(next, first);
        var span = Written(_tokens[first].Start, _at > first ? _tokens[_at - 1].End : _tokens[first].End);
        Note(span, _reason, _tokens[_stop].Start, member);
        return span;
    }

    private void Note(JavaSpan span, JavaGapReason reason, int at, string? member)
    {
        if (_gaps.Count == limits.Gaps)
        {
            return;
        }

        _gaps.Add(new JavaGap(span, reason, _text.Written(at), Within(member)));
        if (_gaps.Count == limits.Gaps - 1 && _at < _end)
        {
            _gaps.Add(new JavaGap(Written(_tokens[_at].Start, _tokens[_end].End), JavaGapReason.TooLong, _text.Written(_tokens[_at].Start), string.Empty));
            (_at, _endTold) = (_end, true);
        }
    }

    private string Within(string? member)
    {
        IEnumerable<string> names = member is null ? _within : _within.Append(member);
        return string.Join('.', names.TakeLast(MostNames).Select(n => n.Length > LongestName ? n[..LongestName] + "…" : n));
    }

    /// <summary>The brace that ends a body, or a note that the text ended before it.</summary>
    /// <param name="open">The token that opened it.</param>
    private void CloseBody(int open)
    {
        if (Accept(JavaTokenKind.CloseBrace) || _failed)
        {
            return;
        }

        if (!_endTold)
        {
            _endTold = _at == _end;
            Note(SpanOf(open), JavaGapReason.NotClosed, _tokens[_at].Start, null);
        }
    }

    /// <summary>The members a place of the text lies in, for what the lexer has to tell.</summary>
    private static string MemberAt(JavaUnit unit, JavaSpan place)
    {
        var names = new List<string>();
        var members = unit.Members;
        while (Around(members, place.Start) is { } member)
        {
            names.Add(member switch { JavaTypeDeclaration t => t.Name, JavaMethod m => m.Name, JavaField f => f.Variables[0].Name, _ => string.Empty });
            members = member is JavaTypeDeclaration type ? type.Members : [];
        }

        return string.Join('.', names.Where(n => n.Length > 0));
    }

    /// <summary>Members stand in the order of the text and never one within another, and a hostile file has many of both.</summary>
    private static JavaMember? Around(ImmutableArray<JavaMember> members, int place)
    {
        var (low, high) = (0, members.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = members[middle].Span.Start <= place ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && place < members[low - 1].Span.End ? members[low - 1] : null;
    }
}
