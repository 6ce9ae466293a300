using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Values a framework checks by annotations before the method is called.</summary>
internal sealed partial class MethodRun
{
    private static readonly string[] Forms = ["Pattern", "Digits"];
    private static readonly string[] Asking = ["Valid", "Validated"];

    /// <summary>A part of a parameter that is asked to be valid.</summary>
    private FlowValue ValidPart(FlowValue value, InputOrigin origin, string? owner, string part) =>
        origin.Index > 0 && origin.Index <= _method.Syntax.Parameters.Length
        && Array.Exists(Asking, a => Has(_method.Syntax.Parameters[origin.Index - 1].Annotations, a) is not null)
        && _program.Find(owner) is { } type && _program.Field(type, part) is { } field
            ? Constrained(value, field.Syntax.Annotations, field.Owner) : value;

    /// <summary>A parameter of a class that is asked to be validated.</summary>
    private FlowValue ValidGiven(FlowValue value, JavaParameter parameter) =>
        value.Marks.Length > 0 && Has(_method.Owner.Syntax.Annotations, "Validated") is not null ? Constrained(value, parameter.Annotations, _method.Owner) : value;

    /// <summary>By forms that are believed, and by validators of the tree for what they let through.</summary>
    /// <param name="value">Of a field or parameter.</param>
    /// <param name="annotations">That stand before it.</param>
    /// <param name="within">Where they stand.</param>
    private FlowValue Constrained(FlowValue value, ImmutableArray<JavaAnnotation> annotations, JavaDeclaredType within)
    {
        if (Formed(annotations) is { } form)
        {
            return Believed(value, new CodePlace(within.Path, form.Span.Start), ulong.MaxValue);
        }

        foreach (var annotation in annotations)
        {
            if (_program.Find(_program.Resolve(annotation.Name, within)) is { Syntax: { Kind: JavaTypeKind.Annotation } own } type)
            {
                var cleaned = Formed(own.Annotations) is null ? LetThrough(own.Annotations, type) : ulong.MaxValue;

                // A validator nobody could read only leaves a doubt.
                value = (cleaned & ~ApiIndex.Signs) == 0 ? value.WithMarks(TaintMarks.Clean(value.Marks, cleaned)) : Believed(value, new CodePlace(within.Path, annotation.Span.Start), cleaned);
            }
        }

        return value;
    }

    private static JavaAnnotation? Formed(ImmutableArray<JavaAnnotation> annotations) => Array.Find(Array.ConvertAll(Forms, f => Has(annotations, f)), f => f is not null);

    /// <summary>What a text the validators of a constraint say yes to leads to no more.</summary>
    private ulong LetThrough(ImmutableArray<JavaAnnotation> annotations, JavaDeclaredType constraint)
    {
        if (Has(annotations, "Constraint")?.Elements.FirstOrDefault(e => e.Key == "validatedBy")?.Value is not { } named)
        {
            return 0;
        }

        var (cleaned, isAny) = (ulong.MaxValue, false);
        foreach (var literal in JavaWalk.All(named).OfType<JavaClassLiteral>())
        {
            foreach (var test in _program.Find(_program.NameOf(literal.Type, constraint)) is { } type ? _program.Declared(type, "isValid") : [])
            {
                if (test.Syntax is { Parameters.Length: 2, Body: not null } && !_apis.IsInert(test.ParameterTypes[0]))
                {
                    var all = _book.Of(test, CallContext.None).WhenTrue;
                    (cleaned, isAny) = (cleaned & (all.Length > 1 ? all[1] : 0), true);
                }
            }
        }

        return isAny ? cleaned : 0;
    }

    private FlowValue Believed(FlowValue value, CodePlace place, ulong cleaned)
    {
        _book.Believed.Add(place);
        return value.WithMarks(TaintMarks.Clean(value.Marks, cleaned));
    }

    private static JavaAnnotation? Has(IEnumerable<JavaAnnotation> annotations, string name) =>
        annotations.FirstOrDefault(a => a.Name == name || a.Name.EndsWith("." + name, StringComparison.Ordinal));
}
