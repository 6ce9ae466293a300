namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where a part of an object holds something: an object that was made without it is not the one that is meant.</summary>
internal sealed partial class MethodRun
{
    /// <summary>A part is not null.</summary>
    private void NoteFilled(JavaExpression part)
    {
        var (of, name) = part switch
        {
            JavaCall { Arguments.Length: 0, Target: { } owner } call => (owner, FieldRead(call, owner)),
            JavaSelect select when IsValue(select.Target) => (select.Target, select.Name),
            _ => (null, null),
        };
        if (of is not JavaName variable || name is null || _scopes.Find(variable.Name) is not (>= 0 and var at) || variable.Name == "this")
        {
            return;
        }

        var value = _now![at];
        // Of one of several nobody knows which it was, and what was put in here was not given.
        if (value is { Objects: [var only], MayBeOther: false } && ObjectAt(only) is { Input: { } input } one && !one.Parts.ContainsKey(FlowObject.Any) && (!one.Parts.TryGetValue(name, out var held) || IsGiven(held, input, name)))
        {
            _now.Filled = _now.Filled.With(new InputOrigin(input.Index, input.Path + Separator + name));
        }

        _now[at] = Filled(value, name);
    }

    /// <summary>What a part holds is what was given in it, cleaned of something at most.</summary>
    private static bool IsGiven(FlowValue held, InputOrigin input, string part) =>
        held is { Constant: null, MayBeOther: false, Marks: [{ Origin: InputOrigin own }] } && own.Index == input.Index && own.Path == input.Path + Separator + part;

    private InputOrigin? InputAt(int number) => ObjectAt(number)?.Input;

    /// <summary>The same without the objects in which a part never holds anything; as it is where nothing else is known of it.</summary>
    private FlowValue Filled(FlowValue value, string part)
    {
        var rest = Array.FindAll(value.Objects, o => !IsBare(o, part));
        return rest.Length == value.Objects.Length || (rest.Length == 0 && value.Marks.Length == 0) ? value : value with { Objects = rest };
    }

    /// <summary>An object that was made here and into this part of which nothing was put.</summary>
    private bool IsBare(int number, string part) =>
        ObjectAt(number) is { Input: null, IsExact: true } one && !one.Parts.ContainsKey(FlowObject.Any)
        && (one.Parts.TryGetValue(part, out var held)
            ? held.Constant is JavaNull
            : _program.Find(one.Type) is { } type && _program.Field(type, part) is { IsStatic: false, Variable.Value: null } field && TypeOf(field) is not ("boolean" or "int" or "long" or "short" or "byte" or "char" or "float" or "double"));
}
