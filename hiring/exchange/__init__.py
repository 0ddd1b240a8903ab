"""The bank in files: out as JSON, YAML, CSV and XLSX, and in again without losing or spoiling anything."""
