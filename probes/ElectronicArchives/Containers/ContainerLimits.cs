namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Bounds of what is read of a container; whatever is beyond is a fault, not an error of the tool.</summary>
public static class ContainerLimits
{
    /// <summary>Files and folders of one container.</summary>
    public const int Entries = 100_000;

    /// <summary>Bytes of all contents as declared: 20 GiB.</summary>
    public const long TotalBytes = 20L << 30;

    /// <summary>Declared content to packed content, beyond <see cref="RatioFrom"/> bytes of content.</summary>
    public const int Ratio = 200;

    /// <summary>Smaller contents may be packed as tightly as they like.</summary>
    public const long RatioFrom = 1 << 20;

    /// <summary>Containers in containers: the outermost has depth 1.</summary>
    public const int Depth = 3;

    /// <summary>Bytes of a central directory, which is held in memory with its names.</summary>
    public const long DirectoryBytes = 48L << 20;

    /// <summary>Bytes of a packed container within another one, which is held in memory while it is read; one that is only stored is read in place.</summary>
    public const long NestedBytes = 128L << 20;

    /// <summary>Bytes of one segment of a path, as file systems in use here have it.</summary>
    public const int NameBytes = 255;

    /// <summary>Characters of a whole path.</summary>
    public const int PathCharacters = 4096;
}
