using System.Xml;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a csproj says in so many words. Nothing is evaluated: what stands on a condition or a property is passed over, except files to compile.</summary>
/// <param name="Path">From the root of the tree.</param>
/// <param name="IsSdkStyle">Has an <c>Sdk</c>; takes all files below it unless told otherwise.</param>
/// <param name="Sdk">Microsoft.NET.Sdk.Web and so on; empty for the old form.</param>
/// <param name="Properties">Unconditioned ones, the last counts.</param>
/// <param name="Included">Patterns of Compile Include.</param>
/// <param name="Removed">Patterns of Compile Remove and of Exclude.</param>
/// <param name="References">Paths of ProjectReference, as written.</param>
/// <param name="Libraries">HintPath of references, as written.</param>
/// <param name="Packages">Names of PackageReference and Reference.</param>
/// <param name="Usings">Namespaces of Using Include.</param>
internal sealed record ProjectFile(
    string Path,
    bool IsSdkStyle,
    string Sdk,
    IReadOnlyDictionary<string, string> Properties,
    IReadOnlyList<string> Included,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> References,
    IReadOnlyList<string> Libraries,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> Usings)
{
    private const int DepthCap = 64;
    private const int ItemCap = 50_000;

    public string Folder => Path.LastIndexOf('/') is var at and >= 0 ? Path[..at] : "";

    /// <exception cref="XmlException">No XML, a document type, too deep, or too many elements.</exception>
    public static ProjectFile Read(string path, byte[] bytes)
    {
        var root = Load(bytes);
        IEnumerable<XElement> Items(string name) => root.Descendants().Where(e => e.Name.LocalName == name);
        IReadOnlyList<string> Values(string name, string attribute) => [.. Items(name).Select(e => e.Attribute(attribute)?.Value).OfType<string>().SelectMany(v => v.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        var sdk = root.Attribute("Sdk")?.Value ?? Items("Sdk").Select(e => e.Attribute("Name")?.Value).OfType<string>().FirstOrDefault() ?? "";
        return new ProjectFile(
            path,
            sdk.Length > 0,
            sdk,
            PropertiesOf(root),
            Values("Compile", "Include"),
            [.. Values("Compile", "Remove"), .. Values("Compile", "Exclude")],
            Values("ProjectReference", "Include"),
            [.. Items("HintPath").Select(e => e.Value)],
            [.. Values("PackageReference", "Include"), .. Values("Reference", "Include")],
            [.. Values("Using", "Include")]);
    }

    /// <summary>Properties of a Directory.Build.props or a project.</summary>
    /// <exception cref="XmlException">As <see cref="Read"/>.</exception>
    public static IReadOnlyDictionary<string, string> ReadProperties(byte[] bytes) => PropertiesOf(Load(bytes));

    private static Dictionary<string, string> PropertiesOf(XElement root)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in root.Elements().Where(e => e.Name.LocalName == "PropertyGroup" && e.Attribute("Condition") is null).Elements().Where(e => e.Attribute("Condition") is null && !e.HasElements))
        {
            properties[property.Name.LocalName] = property.Value.Trim();
        }

        return properties;
    }

    /// <summary>Well-formed, without a document type, not too deep and not too long.</summary>
    /// <exception cref="XmlException">It is not.</exception>
    private static void Check(byte[] bytes)
    {
        using var reader = Open(bytes);
        for (var count = 0; reader.Read(); count++)
        {
            if (reader.Depth > DepthCap || count > ItemCap)
            {
                throw new XmlException(reader.Depth > DepthCap ? $"嵌套超过 {DepthCap} 层" : $"元素超过 {ItemCap} 个");
            }
        }
    }

    private static XElement Load(byte[] bytes)
    {
        Check(bytes);
        using var again = Open(bytes);
        return XDocument.Load(again).Root ?? throw new XmlException("没有根元素");
    }

    private static XmlReader Open(byte[] bytes) => XmlReader.Create(new MemoryStream(bytes, writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = CSharpSource.FileCap,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });
}
