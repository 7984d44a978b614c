package dev.taskcache.key;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in a directory, at any depth; links count as what they lead to. Not thread-safe. */
final class FileTree {
  /** Links can make a small directory look endless: each path through them counts. */
  private static final int MOST_LINKED = 100_000;

  private final Path root;
  private final int mostLinked;
  private final Class<? extends BasicFileAttributes> attributes;
  private final List<Entry> files = new ArrayList<>();
  private final List<String> emptyDirectories = new ArrayList<>();
  private final List<FileState> directories = new ArrayList<>();
  private final Deque<Directory> todo = new ArrayDeque<>();
  private int linked;

  /** A file, and its path in the directory. */
  record Entry(String path, FileState file, boolean executable) {}

  /** A directory, and the one in whose path it stands; the prefix ends with a slash. */
  private record Directory(String prefix, Path real, boolean linked, @Nullable Directory parent) {}

  private FileTree(Path root, int mostLinked) {
    this.root = root;
    this.mostLinked = mostLinked;
    this.attributes =
        root.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? PosixFileAttributes.class
            : BasicFileAttributes.class;
  }

  /** Lists a directory by its real path. */
  static FileTree of(Path root) throws IOException {
    return of(root, MOST_LINKED);
  }

  static FileTree of(Path root, int mostLinked) throws IOException {
    FileTree tree = new FileTree(root, mostLinked);
    tree.todo.add(new Directory("", root, false, null));
    while (!tree.todo.isEmpty()) {
      tree.list(tree.todo.removeLast());
    }
    return tree;
  }

  /** The files, links to files among them. */
  List<Entry> files() {
    return files;
  }

  /** The paths of the directories with nothing in them, the root left out. */
  List<String> emptyDirectories() {
    return emptyDirectories;
  }

  /** Refuses a tree whose directories are not as they were listed. */
  void check() throws IOException {
    for (FileState directory : directories) {
      directory.check();
    }
  }

  private void list(Directory directory) throws IOException {
    Path real = directory.real();
    directories.add(FileState.of(real, Files.readAttributes(real, attributes)));
    boolean empty = true;
    try (DirectoryStream<Path> children = Files.newDirectoryStream(real)) {
      for (Path child : children) {
        empty = false;
        add(child, directory);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    if (empty && directory.parent() != null) {
      String prefix = directory.prefix();
      emptyDirectories.add(prefix.substring(0, prefix.length() - 1));
    }
  }

  private void add(Path child, Directory parent) throws IOException {
    String path = parent.prefix() + FileNames.of(child);
    BasicFileAttributes is = Files.readAttributes(child, attributes, LinkOption.NOFOLLOW_LINKS);
    Path real = child;
    boolean link = is.isSymbolicLink();
    if (link) {
      real = follow(child);
      is = Files.readAttributes(real, attributes);
    }
    if ((link || parent.linked()) && ++linked > mostLinked) {
      throw refuse(child, "links lead to more than " + mostLinked + " paths; remove some of them");
    }
    if (is.isDirectory()) {
      if (link) {
        refuseCircle(child, real, parent);
      }
      todo.add(new Directory(path + "/", real, link || parent.linked(), parent));
    } else if (is.isRegularFile()) {
      files.add(new Entry(path, FileState.of(real, is), isExecutable(is)));
    } else {
      throw refuseSpecial(child);
    }
  }

  private Path follow(Path link) throws IOException {
    Path real;
    try {
      real = link.toRealPath();
    } catch (IOException e) {
      FileSystemException refused =
          refuse(link, "a link that leads nowhere; remove it, or what it leads to is missing");
      refused.initCause(e);
      throw refused;
    }
    if (!real.startsWith(root)) {
      throw refuse(
          link, "a link that leads out of the directory, to " + real + "; put a copy in its place");
    }
    return real;
  }

  private static void refuseCircle(Path link, Path real, Directory parent)
      throws FileSystemException {
    for (Directory each = parent; each != null; each = each.parent()) {
      if (each.real().equals(real)) {
        throw refuse(link, "a link to a directory that it is in, without end; remove it");
      }
    }
  }

  /** The owner's execute bit; false where files have none. */
  private static boolean isExecutable(BasicFileAttributes attributes) {
    return attributes instanceof PosixFileAttributes posix
        && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
  }

  static FileSystemException refuseSpecial(Path path) {
    return refuse(path, "neither a file nor a directory, and so without content; leave it out");
  }

  private static FileSystemException refuse(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }
}
