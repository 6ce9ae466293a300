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
        && Array.ConvertAll(Forms, f => Has(field.Syntax.Annotations, f)) is var forms && Array.Find(forms, f => f is not null) is { } form
            ? Believed(value, new CodePlace(field.Owner.Path, form.Span.Start)) : value;

    /// <summary>A parameter of a class that is asked to be validated.</summary>
    private FlowValue ValidGiven(FlowValue value, JavaParameter parameter) =>
        value.Marks.Length > 0 && Has(_method.Owner.Syntax.Annotations, "Validated") is not null
        && Array.Find(Array.ConvertAll(Forms, f => Has(parameter.Annotations, f)), f => f is not null) is { } form
            ? Believed(value, Place(form.Span)) : value;

    private FlowValue Believed(FlowValue value, CodePlace place)
    {
        _book.Believed.Add(place);
        return value.WithMarks(TaintMarks.Clean(value.Marks, ulong.MaxValue));
    }

    private static JavaAnnotation? Has(IEnumerable<JavaAnnotation> annotations, string name) =>
        annotations.FirstOrDefault(a => a.Name == name || a.Name.EndsWith("." + name, StringComparison.Ordinal));
}
