using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a program of C# can name without any package.</summary>
/// <param name="Namespaces">Full names.</param>
/// <param name="Types">Full names, without the number of their parameters.</param>
/// <param name="Words">Types by their short names, and properties and fields: a class may inherit them.</param>
internal sealed record FrameworkNames(IReadOnlySet<string> Namespaces, IReadOnlySet<string> Types, IReadOnlySet<string> Words)
{
    public static FrameworkNames Read()
    {
        var (spaces, types, words) = (new ConcurrentDictionary<string, bool>(StringComparer.Ordinal), new ConcurrentDictionary<string, bool>(StringComparer.Ordinal), new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
        Parallel.ForEach(ReferenceAssemblySet.Find().References, reference =>
        {
            using var file = new PEReader(File.OpenRead(reference.Display!));
            var reader = file.GetMetadataReader();
            foreach (var type in reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(t => (t.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public))
            {
                var (space, name) = (reader.GetString(type.Namespace), reader.GetString(type.Name).Split('`')[0]);
                spaces.TryAdd(space, true);
                types.TryAdd($"{space}.{name}", true);
                words.TryAdd(name, true);
                foreach (var member in type.GetProperties().Select(p => reader.GetPropertyDefinition(p).Name).Concat(type.GetFields().Select(f => reader.GetFieldDefinition(f).Name)))
                {
                    words.TryAdd(reader.GetString(member), true);
                }
            }
        });
        return new FrameworkNames(
            spaces.Keys.Where(n => n.Length > 0).ToHashSet(StringComparer.Ordinal), types.Keys.ToHashSet(StringComparer.Ordinal), words.Keys.ToHashSet(StringComparer.Ordinal));
    }
}
