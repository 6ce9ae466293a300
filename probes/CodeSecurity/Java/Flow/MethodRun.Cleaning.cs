namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What else a check speaks for: the text a value was made of, the part it was read from, the list it is an element of.</summary>
internal sealed partial class MethodRun
{
    private const int MostNested = 16;

    private int _nested;

    /// <summary>A variable or field is no longer dangerous for these.</summary>
    private void CleanPlace(JavaExpression place, ulong mask)
    {
        if (_now is null || _nested >= MostNested)
        {
            return;
        }

        _nested++;
        switch (place)
        {
            case JavaName name when _scopes.Find(name.Name) is >= 0 and var variable:
                CleanVariable(name, variable, mask);
                break;
            case JavaSelect select when IsValue(select.Target):
                CleanPart(select.Target, select.Name, mask);
                break;
            case JavaIndex or JavaCall { Name: "charAt" or "codePointAt" or "get", Arguments.Length: 1 }:
                CleanWalked(place, mask);
                break;
            case JavaCall { Name: "matcher" or "toLowerCase" or "valueOf" or "asList", Arguments: [var matched] }:
                CleanPlace(matched, mask);
                break;
            case JavaCall { Name: "trim" or "strip" or "split" or "toLowerCase" or "toUpperCase" or "toString" or "getCanonicalPath" or "getCanonicalFile" or "getAbsolutePath" or "getAbsoluteFile" or "toPath" or "toFile" or "normalize" or "toRealPath" or "toAbsolutePath" or "toCharArray" or "stream", Target: { } target }:
                CleanPlace(target, mask);
                break;
            case JavaCall { Arguments.Length: 0, Target: { } owner } call when FieldRead(call, owner) is { } field:
                CleanPart(owner, field, mask);
                break;
        }

        _nested--;
    }

    private void CleanVariable(JavaName name, int variable, ulong mask)
    {
        var seen = _now![variable].Marks;
        _now[variable] = _now[variable].WithMarks(TaintMarks.Clean(seen, mask));
        CleanKin(seen, mask);
        CleanWalked(name, mask);
        if (ToldOnce(name) is JavaCall { Name: "matcher" or "trim" or "strip" or "toLowerCase" or "toUpperCase", Target: not null } made)
        {
            CleanPlace(made, mask);
        }

        if (_uses.Walks.Count > 0 && ToldOnce(name) is { } told and (JavaIndex or JavaCall { Name: "charAt" or "codePointAt" or "get" }))
        {
            CleanWalked(told, mask);
        }
    }

    private void CleanPart(JavaExpression of, string part, ulong mask)
    {
        var owner = Quietly(of);
        var value = Read(owner, part);
        if (value.Marks.Length > 0 && owner.Objects.Length > 0)
        {
            Write(owner, part, value.WithMarks(TaintMarks.Clean(value.Marks, mask)));
            CleanKin(value.Marks, mask);
        }
    }

    /// <summary>Field that a method without arguments only hands out; null where it does something else.</summary>
    private string? FieldRead(JavaCall call, JavaExpression owner)
    {
        if (!IsValue(owner) || _program.Find(Quietly(owner).Type) is not { } type)
        {
            return null;
        }

        var (field, said, _) = WordOf(type, call.Name);
        return field ?? said switch
        {
            JavaName { Name: var name } when _program.Field(type, name) is not null => name,
            JavaSelect { Target: JavaName { Name: "this" }, Name: var own } => own,
            _ => null,
        };
    }

    /// <summary>What a method without arguments says: a field that nobody had to write it for, or the one expression it returns, with the type whose code that is; nothing where it does something else.</summary>
    private (string? Field, JavaExpression? Said, JavaDeclaredType? Within) WordOf(JavaDeclaredType type, string method) => Nearest(type, method, []) switch
    {
        [] => (type.Syntax.Components.FirstOrDefault(c => c.Name == method)?.Name ?? (WrittenMembers.Field(_program, type, method, "get", "is") is { IsStatic: false } read ? read.Variable.Name : null), null, null),
        [var only] when _book.BodyOf(only) is { Statements: [JavaReturn { Value: { } value }] } => (null, value, only.Owner),
        _ => (null, null, null),
    };

    /// <summary>Where the host of an address was compared with something, the address leads nowhere else.</summary>
    private void CleanHost(JavaExpression compared)
    {
        for (var look = 0; look < MostTold && _now is not null; look++)
        {
            switch (compared)
            {
                case JavaName name when ToldOnce(name) is { } told:
                    compared = told;
                    break;
                case JavaCall { Name: "toLowerCase" or "toUpperCase" or "trim", Target: { } target }:
                    compared = target;
                    break;
                case JavaCall { Name: "getHost" or "getAuthority" or "getRawAuthority", Arguments.Length: 0, Target: { } address }:
                    CleanAlike(Deep(Quietly(address)), _apis.Hosts);
                    return;
                default:
                    return;
            }
        }
    }

    /// <summary>A check of where a path leads, or of the ending of a name, speaks for everything that was made of the same text.</summary>
    private void CleanKin(TaintMark[] marks, ulong mask)
    {
        var path = _apis.BitOf("path");
        CleanAlike(marks, mask & (_apis.Closed | (IsWhole(mask) || path < 0 ? 0 : 1UL << path)));
        if (!IsWhole(mask) && IsDoubted(mask))
        {
            // Other values may begin at the same place, such as the fields of what was read there; of an upload it is the name.
            CleanAlike(Array.FindAll(marks, m => m.Origin is not ForeignOrigin { Leads: 0 }), mask & (ApiIndex.Affirmed | ApiIndex.Denied));
        }

        if (!IsWhole(mask) && path >= 0 && (mask >> path & 1) != 0)
        {
            foreach (var mark in marks)
            {
                _now!.Checked = mark.Origin is InputOrigin input ? _now.Checked.With(input) : _now.Checked;
            }
        }
    }

    /// <summary>All that comes from where these come from.</summary>
    private void CleanAlike(TaintMark[] marks, ulong shared)
    {
        if (shared != 0 && marks.Length > 0)
        {
            // What came back into one of them before that, nobody looked at.
            _now!.Change(v => v.Marks.Length == 0 ? v : v.WithMarks(Array.ConvertAll(v.Marks, m => Array.Find(marks, k => k.Origin.Equals(m.Origin)) is { } looked ? m.Clean(shared & ~(m.Soiled & ~looked.Soiled)) : m)));
        }
    }
}
