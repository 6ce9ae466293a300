namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Keys that an aspect puts into maps before a method is called: whoever gave them may have lost them by then.</summary>
internal static class RewrittenKeys
{
    public static HashSet<string> Of(JavaProgram program)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in program.Types.All.Where(t => t.Syntax.Annotations.Any(a => a.Name is "Aspect" or "org.aspectj.lang.annotation.Aspect")))
        {
            foreach (var call in JavaWalk.All(type.Syntax).OfType<JavaCall>().Where(c => c is { Name: "put", Target: not null, Arguments.Length: 2 }))
            {
                if (MapperAnnotations.TextOf(call.Arguments[0], type, program) is { Length: > 0 } key)
                {
                    found.Add(key);
                }
            }
        }

        return found;
    }
}
