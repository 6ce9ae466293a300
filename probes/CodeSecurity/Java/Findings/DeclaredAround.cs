namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Names of the types, methods and fields around a place.</summary>
internal sealed class DeclaredAround(IEnumerable<(string Path, JavaUnit Unit)> units)
{
    private readonly Dictionary<string, JavaUnit> _units = units.Where(u => JavaSources.IsJava(u.Path)).ToDictionary(u => u.Path, u => u.Unit, StringComparer.Ordinal);

    /// <returns>With blanks between them; empty outside of all, and in pages.</returns>
    public string At(CodePlace place)
    {
        var names = new List<string>();
        for (JavaNode? around = _units.GetValueOrDefault(place.File); around is not null;)
        {
            var parts = new List<JavaNode>();
            JavaWalk.Parts(around, parts);
            around = parts.Find(p => p.Span.Start <= place.At && place.At < p.Span.End);
            if (around is JavaTypeDeclaration or JavaMethod or JavaVariable)
            {
                names.Add(around switch { JavaTypeDeclaration type => type.Name, JavaMethod method => method.Name, JavaVariable variable => variable.Name, _ => "" });
            }
        }

        return string.Join(' ', names);
    }
}
